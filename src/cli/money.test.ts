import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialStation } from '../../test/helpers/bare-station.ts'
import { MemoryCli, runInMemory } from '../../test/helpers/memory-cli.ts'

const tariffs = `
default: street
tariffs:
  - tariffId: street
    currency: EUR
    description: [{ format: UTF8, content: 0.50 a kWh }]
    energy: { prices: [{ priceKwh: 0.5 }] }
  - { tariffId: cheap, currency: EUR, energy: { prices: [{ priceKwh: 0.1 }] } }
`
const payments = 'url: http://127.0.0.1\nsecret: of a laboratory only\n'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-money-'))
  await writeFile(join(folder, 'tariffs.yaml'), tariffs)
  await writeFile(join(folder, 'payments.yaml'), payments)
  await writeFile(join(folder, 'tokens.csv'), 'idToken,balance,tariffId\nPAID,0.2,cheap\nANY,,\n')
})
afterAll(() => rm(folder, { recursive: true }))

describe('csms serve', () => {
  test('--tariffs, --tokens with balances and --payments', async () => {
    const files = ['--tariffs', 'tariffs.yaml', '--tokens', 'tokens.csv']
    const argv = ['serve', '--port', '0', ...files, '--payments', 'payments.yaml']
    const cli = new MemoryCli(argv, { cwd: folder })
    const [, port] = await cli.output(/listening on ws:\/\/127\.0\.0\.1:(\d+)/)
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/tariffs`)
    expect(await answer.json()).toMatchObject([{ tariffId: 'street' }, { tariffId: 'cheap' }])
    const page = await fetch(`http://127.0.0.1:${port}/pay/CP1/1/v1/0123456789abcdef`)
    expect([page.status, page.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ])

    const station = await dialStation(`ws://127.0.0.1:${port}/CP1`, 'ocpp2.1')
    await station.boot('ocpp2.1')
    const ask = (idToken: string) =>
      station.ask('Authorize', { idToken: { idToken, type: 'Central' } })
    expect(await ask('ANY')).toMatchObject({
      idTokenInfo: { status: 'Accepted', personalMessage: { content: '0.50 a kWh' } },
    })
    expect(await ask('PAID')).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
      tariff: { tariffId: 'cheap' },
    })
    cli.interrupt()
    expect(await cli.ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('where drivers reach the payment page, the API takes keys', async () => {
    await writeFile(
      join(folder, 'far.yaml'),
      payments.replace('http://127.0.0.1', 'https://pay.test'),
    )
    const argv = ['serve', '--port', '0', '--payments', 'far.yaml']
    const { code, stderr } = await runInMemory(argv, { cwd: folder })
    expect(code).toBe(104)
    expect(stderr).toContain('pay.test can be reached from other machines')
  })

  test.each([
    ['--tariffs', 'none.yaml', undefined, 'it cannot be read'],
    ['--tariffs', 'default.yaml', 'tariffs: []\ndefault: X', '"default" names "X"'],
    ['--payments', 'none.yaml', undefined, 'it cannot be read'],
    ['--payments', 'http.yaml', payments.replace('127.0.0.1', 'pay.example'), '"url" must be'],
    ['--tokens', 'balance.csv', 'idToken,balance\nA,much\n', '"balance" must be an amount'],
  ])('a bad file exits 104 and is named: %s %s', async (flag, name, text, sentence) => {
    if (text !== undefined) await writeFile(join(folder, name), text)
    const { code, stderr } = await runInMemory(['serve', '--port', '0', flag, name], {
      cwd: folder,
    })
    expect(code).toBe(104)
    expect(stderr).toContain(sentence)
    expect(stderr).toContain(name)
  })
})

describe('csms simulate', () => {
  const scenario = (file: string) => `name: money
speed: 1800
csms: { tariffs: ${file} }
tokens:
  - { idToken: PAID, balance: 1, tariff: cheap }
fleets:
  - name: prepaid
    protocol: ocpp2.1
    station: { maxPower: 11kW, phases: 3 }
    script:
      - boot
      - plugIn: { battery: 60kWh, soc: 20% }
      - authorize: { token: PAID, answer: { tariff: { tariffId: cheap } } }
      - refuseTariff
      - authorize: PAID
      - start
      - charge: { for: 1h }
      - stop: { token: PAID }
      - log: "paid {totalCost} {currency}"
      - unplug
      - authorize: { token: PAID, refused: true, answer: { idTokenInfo: { status: NoCredit } } }
`
  const run = async (file: string) => {
    await writeFile(join(folder, 'money.yaml'), scenario(file))
    return runInMemory(['simulate', 'money.yaml', '--json'], { cwd: folder })
  }

  test('csms.tariffs and a balance: 10 kWh at 0.10 are all that there is', async () => {
    const { code, stdout, stderr } = await run('tariffs.yaml')
    expect({ code, stderr }).toMatchObject({ code: 0 })
    // A real clock rings late: a second of simulated time is a tenth of a cent.
    expect(stdout + stderr).toMatch(/paid 1(\.0\d+)? EUR/)
  })

  test('a file of tariffs that is not there exits 104 and is named', async () => {
    const { code, stderr } = await run('none.yaml')
    expect(code).toBe(104)
    expect(stderr).toContain('none.yaml')
  })
})
