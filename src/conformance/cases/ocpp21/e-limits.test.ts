import { expect, test } from 'vitest'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import { limits21 } from './e-limits.ts'

const ofEnergy = limits21.find(({ id }) => id === 'TC_E_110_CSMS')
if (!ofEnergy) throw new Error('there is no E_110')

/** Limits whoever begins. */
function limiting(transactionLimit: object): MadeUpCsms {
  const idTokenInfo = { status: 'Accepted' }
  return new MadeUpCsms(
    (_action, { eventType }) =>
      eventType === 'Started' ? { answer: { idTokenInfo, transactionLimit } } : {},
    (_action, payload) => [payload],
  )
}

const fixtures = { energyToken: 'ENERGY' }

test('[2.1 E16.FR.02] a limit is told where the transaction begins', async () => {
  expect(await limiting({ maxEnergy: 5000 }).judge(ofEnergy, fixtures)).toEqual(['pass'])
})

test.each([['maxTime'], ['maxCost']])(
  '[2.1 E16.FR.02] %s is not told of a token that is limited in energy',
  async (limit) => {
    const csms = limiting({ maxEnergy: 5000, [limit]: 60 })
    const [verdict, detail] = await csms.judge(ofEnergy, fixtures)
    expect([verdict, detail]).toEqual(['fail', expect.stringContaining(limit)])
  },
)
