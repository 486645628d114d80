import { expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

const idToken = { idToken: 'APP', type: 'Central' }

async function booted() {
  const csms = memoryCsms({ pingIntervalMs: 0 })
  const station = await csms.boot('CS1', 'ocpp2.1')
  let status = 'Accepted'
  station.serve = () => ({ status })
  return {
    swaps: () => csms.store.stations.get('CS1')?.batterySwaps,
    request: (requestId: number, answer = 'Accepted') => {
      status = answer
      return csms.commander.send('CS1', 'RequestBatterySwap', { requestId, idToken })
    },
    tell: (eventType: string, requestId: number, evseId: number) =>
      station.ask('BatterySwap', {
        eventType,
        requestId,
        idToken,
        batteryData: [{ evseId, serialNumber: `B${evseId}`, soC: 20, soH: 95 }],
      }),
  }
}

test('[2.1 S02, S03] a swap is known from its request to the battery that was taken', async () => {
  const { swaps, request, tell } = await booted()
  await request(7, 'Rejected')
  expect(swaps()).toBeUndefined()
  await request(7)
  await tell('BatteryIn', 7, 1)
  await tell('BatteryOut', 7, 3)
  expect(swaps()).toMatchObject([
    {
      requestId: 7,
      idToken: 'APP',
      requestedAt: '2026-01-01T00:00:00.000Z',
      batteriesIn: [{ evseId: 1, serialNumber: 'B1', soC: 20, soH: 95 }],
      batteriesOut: [{ evseId: 3 }],
    },
  ])
})

test('[2.1 S03.FR.06] what nobody took leaves a swap without its other half', async () => {
  const { swaps, tell } = await booted()
  await tell('BatteryIn', 1, 1)
  await tell('BatteryOutTimeout', 1, 3)
  expect(swaps()).toMatchObject([{ batteriesIn: [{ evseId: 1 }], notTaken: [{ evseId: 3 }] }])
  expect(swaps()?.[0]?.batteriesOut).toBeUndefined()
})

test('an id that a station counts anew is another swap', async () => {
  const { swaps, tell } = await booted()
  await tell('BatteryOut', 1, 3)
  await tell('BatteryIn', 1, 1)
  await tell('BatteryIn', 1, 2)
  expect(swaps()?.map(({ batteriesIn }) => batteriesIn?.[0]?.evseId)).toEqual([1, 2])
})
