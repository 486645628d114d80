import { expect, test } from 'vitest'
import { MadeUpCsms } from '../../../../test/helpers/made-up-csms.ts'
import { monitoring201 } from './n-monitoring.ts'

const [clearing] = monitoring201.filter(({ id }) => id === 'TC_N_18_CSMS')
if (!clearing) throw new Error('nobody clears too many monitors')

/** It clears what it was told to in these messages. */
function clearingIn(...parts: readonly unknown[]): MadeUpCsms {
  return new MadeUpCsms(
    () => ({}),
    (action, payload) =>
      action === 'ClearVariableMonitoring' ? parts.map((id) => ({ id })) : [payload],
  )
}

test.each([
  { parts: [[31, 32], [33]] },
  { parts: [[31], [32], [33]] },
  { parts: [[33], [31, 32]] },
])('[2.0.1 N06.FR.04] $parts: no more at once than the station takes', async ({ parts }) => {
  expect(await clearingIn(...parts).judge(clearing)).toEqual(['pass'])
})

test('[2.0.1 N06.FR.04] all of them at once are too many', async () => {
  const [verdict, why] = await clearingIn([31, 32, 33]).judge(clearing)
  expect([verdict, why]).toEqual(['fail', '31, 32, 33'])
})

test('[2.0.1 N06.FR.04] each of them has to go', async () => {
  expect(await clearingIn([31, 32]).judge(clearing)).toEqual(['fail', '31, 32'])
})
