import { expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

const profile = (id: number, more: object) => ({
  id,
  stackLevel: id,
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 8 }] },
  ],
  ...more,
})
const own = profile(1, { chargingProfilePurpose: 'TxProfile', transactionId: 'TX1' })
const others = [
  profile(2, { chargingProfilePurpose: 'TxProfile', transactionId: 'TX2' }),
  profile(3, { chargingProfilePurpose: 'TxDefaultProfile' }),
]

/** A station with these profiles says that TX1 goes on; what it is sent then. */
async function resumed(persistence?: string) {
  const csms = memoryCsms()
  const station = await csms.boot('CS1', 'ocpp2.1')
  let seqNo = 0
  const tell = (eventType: string, triggerReason: string) =>
    station.ask('TransactionEvent', {
      eventType,
      triggerReason,
      seqNo: seqNo++,
      timestamp: '2026-01-01T00:00:00Z',
      evse: { id: 1, connectorId: 1 },
      transactionInfo: { transactionId: 'TX1' },
    })
  const variable = {
    component: { name: 'SmartChargingCtrlr' },
    variable: { name: 'ChargingProfilePersistence', instance: 'TxProfile' },
  }
  station.serve = (action) =>
    action === 'GetVariables'
      ? {
          getVariableResult: [
            { ...variable, attributeStatus: 'Accepted', attributeValue: persistence },
          ],
        }
      : { status: 'Accepted' }
  if (persistence !== undefined)
    await csms.commander.send('CS1', 'GetVariables', { getVariableData: [variable] })
  await tell('Started', 'CablePluggedIn')
  for (const chargingProfile of [own, ...others])
    await csms.commander.send('CS1', 'SetChargingProfile', { evseId: 1, chargingProfile })
  const sent: object[] = []
  station.serve = (action, payload) => {
    sent.push({ action, payload })
    return { status: 'Accepted' }
  }
  await tell('Updated', 'TxResumed')
  await csms.clock.run(0)
  return sent
}

test('[2.1 B13.FR.31, E17.FR.15] a transaction that goes on gets its profiles again, and no others', async () => {
  const again = [{ action: 'SetChargingProfile', payload: { evseId: 1, chargingProfile: own } }]
  expect(await resumed()).toEqual(again)
  expect(await resumed('false')).toEqual(again)
})

test('[2.1 K01.FR.55] a station that keeps them gets nothing', async () => {
  expect(await resumed('true')).toEqual([])
})
