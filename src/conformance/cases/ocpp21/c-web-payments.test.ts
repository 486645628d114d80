import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import type { ConformanceCase } from '../case.ts'
import { webPayments21 } from './c-web-payments.ts'

const caseOf = (id: string): ConformanceCase => {
  const found = webPayments21.find((one) => one.id === id)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}
const wrongPassword = caseOf('TC_C_133_CSMS')
const scannedAndPaid = caseOf('TC_C_131_CSMS')

let page: Server
let paymentUrl: string
const visited: string[] = []
/** What the page says to the next ones who come; then it is 404. */
const statuses: number[] = []
beforeAll(async () => {
  page = createServer(({ url = '' }, response) => {
    visited.push(url)
    response.writeHead(statuses.shift() ?? 404).end('x'.repeat(100_000))
  })
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
  paymentUrl = `http://127.0.0.1:${(page.address() as AddressInfo).port}`
})
afterAll(() => page.close())

const settings = {
  URLTemplate: 'https://pay.example/{chargingstationid}/{evse}/{version}/{totp}',
  SharedSecret: '0123456789abcdef',
  ValidityTime: '30',
  Length: '8',
}

/** It tells stations these, at once or in two messages, and does nothing about codes. */
function telling(first: Readonly<Record<string, string>>, second?: typeof first): MadeUpCsms {
  const asks = (of: typeof first) => {
    const setVariableData = Object.entries(of).map(([name, attributeValue]) => ({
      component: { name: 'WebPaymentsCtrlr' },
      variable: { name },
      attributeValue,
    }))
    return { asks: ['SetVariables', { setVariableData }] as const }
  }
  let told = false
  return new MadeUpCsms(
    (action) => {
      if (action === 'BootNotification') return asks(first)
      if (action === 'TransactionEvent') return { answer: limited }
      if (action !== 'StatusNotification' || !second || told) return {}
      told = true
      return asks(second)
    },
    (_action, payload) => [payload],
  )
}

const limited = { idTokenInfo: { status: 'Accepted' }, transactionLimit: { maxEnergy: 20_000 } }

/** The page is a real one: it answers when it can. */
const judged = (csms: MadeUpCsms) => csms.judge(wrongPassword, { paymentUrl }, 20_000)

test('[2.1 C25.FR.50] codes are made of what the CSMS says, in however many messages', async () => {
  const { URLTemplate, ...others } = settings
  visited.length = 0
  expect(await judged(telling(others, { URLTemplate }))).toEqual(['pass'])
  expect(visited).toEqual([expect.stringMatching(/^\/CS1\/1\/v1\/00000000\?maxenergy=20000$/)])
})

test('[2.1 WebPaymentsCtrlr] who does not say how long passwords are means the usual length', async () => {
  const { URLTemplate, SharedSecret } = settings
  expect(await judged(telling({ URLTemplate, SharedSecret }))).toEqual(['pass'])
})

test('a CSMS leads nobody to another host than that of the fixture', async () => {
  const URLTemplate = 'https://pay.example//127.0.0.1:1/{chargingstationid}/{totp}/{version}'
  visited.length = 0
  expect(await judged(telling({ ...settings, URLTemplate }))).toEqual(['pass'])
  expect(visited).toEqual([expect.stringContaining('//127.0.0.1:1/CS1/00000000/v1')])
})

describe('a code that leads to payment', () => {
  const leads = async (...answers: readonly number[]) => {
    visited.length = 0
    statuses.splice(0, Infinity, ...answers)
    const csms = telling({ ...settings, ValidityTime: '1' })
    return (await csms.judge(scannedAndPaid, { paymentUrl }, 20_000)).slice(0, 2)
  }

  test.each([
    ['a code that was used', [410, 303]],
    ['a place that somebody else pays for', [409, 409, 303]],
  ])('after %s comes another one, which counts', async (_what, answers) => {
    expect(await leads(...answers)).toEqual(['pass'])
    expect(new Set(visited).size).toBe(answers.length)
  })

  test('one that is said to be wrong is not tried again', async () => {
    expect(await leads(404, 303)).toEqual(['fail', 'HTTP 404'])
    expect(visited).toHaveLength(1)
  })

  test('the third is the last', async () => {
    expect(await leads(409, 409, 409, 303)).toEqual(['fail', 'HTTP 409'])
    expect(visited).toHaveLength(3)
  })
})

test.each([
  ['no secret', { URLTemplate: settings.URLTemplate }],
  ['passwords without end', { ...settings, Length: '1000000000' }],
  ['passwords that hold for no time', { ...settings, ValidityTime: '0' }],
  ['no URL', { ...settings, URLTemplate: '{totp}' }],
])('a CSMS that tells %s cannot be judged', async (_what, told) => {
  const [verdict] = await telling(told).judge(wrongPassword, { paymentUrl })
  expect(verdict).toBe('error')
})
