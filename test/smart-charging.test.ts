import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startCsms } from '../src/csms/start-csms.ts'
import { connectStation } from '../src/harness/connect-station.ts'
import { Cancel } from '../src/shared/cancel.ts'
import { root } from './helpers/cli.ts'
import { simulate } from './helpers/simulate.ts'

const plug = { evse: 1, connector: 1 } as const
const ev = { batteryWh: 60_000, soc: 0.2, maxPowerW: 11_000, phases: 3, taperFrom: 0.8 } as const
const cancel = new Cancel()

const profile = (chargingProfileId: number, chargingProfilePurpose: string, limit: number) => ({
  chargingProfileId,
  stackLevel: 0,
  chargingProfilePurpose,
  chargingProfileKind: 'Relative',
  chargingSchedule: {
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  },
})

describe('over a socket', () => {
  test('[1.6 3.13] what the CSMS limits, the station draws, meters and bills; a TxProfile dies with its transaction', async () => {
    await using csms = await startCsms({
      port: 0,
      tokens: [{ idToken: 'T1', status: 'Accepted' }],
    })
    const configuration = { SupportedFeatureProfiles: 'Core,SmartCharging' }
    await using station = await connectStation(csms.url, {
      id: 'CP1',
      token: 'T1',
      speed: 3600,
      station: { maxPower: '22kW', configuration },
    })
    const { actor } = station
    const part = async (path: string): Promise<unknown> => {
      const url = `http://127.0.0.1:${csms.port}/api/v1/stations/CP1/${path}`
      return (await fetch(url)).json()
    }
    const known = async () =>
      ((await part('charging-profiles')) as { profile: { chargingProfileId: number } }[]).map(
        ({ profile: { chargingProfileId } }) => chargingProfileId,
      )
    const command = async (action: string, payload: object) => {
      const outcome = await csms.sendCommand('CP1', action, payload)
      return outcome.status === 'answered' ? outcome.payload : outcome
    }
    const set = (connectorId: number, csChargingProfiles: object) =>
      command('SetChargingProfile', { connectorId, csChargingProfiles })

    expect(await set(0, profile(1, 'TxDefaultProfile', 4200))).toEqual({ status: 'Accepted' })
    await actor.plugIn(plug, ev)
    await actor.start(plug, cancel)
    expect(await set(1, profile(2, 'TxProfile', 9000))).toEqual({ status: 'Accepted' })
    expect(await known()).toEqual([1, 2])
    expect(await part('composite-schedule?connectorId=1&duration=60&unit=W')).toMatchObject({
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 9000 }],
    })
    const question = { connectorId: 1, duration: 60, chargingRateUnit: 'W' }
    expect(await command('GetCompositeSchedule', question)).toMatchObject({
      status: 'Accepted',
      chargingSchedule: { chargingSchedulePeriod: [{ startPeriod: 0, limit: 9000 }] },
    })
    expect(await command('ClearChargingProfile', { id: 2 })).toEqual({ status: 'Accepted' })
    expect(await set(1, profile(3, 'TxProfile', 6900))).toEqual({ status: 'Accepted' })
    const now = () => ({
      hours: actor.clocks.simulated.monotonicMicros() / 3.6e9,
      meterWh: station.ledger()[0]?.meterWh ?? Number.NaN,
    })
    const before = now()
    await actor.charge(plug, { forMs: 3_600_000 }, cancel)
    const after = now()
    const watts = (after.meterWh - before.meterWh) / (after.hours - before.hours)
    expect(Math.round(watts / 100)).toBe(69)
    await actor.stop(plug, {}, cancel)

    const [transaction] = [...csms.transactions()]
    const [{ meterWh, meterStartWh } = { meterWh: 0, meterStartWh: 0 }] = station.ledger()
    expect(transaction?.energyWh).toBe(meterWh - meterStartWh)
    expect(await known()).toEqual([1])
    expect(await set(1, profile(3, 'TxProfile', 6900))).toEqual({ status: 'Rejected' })
    expect(station.violations()).toEqual({})
  })
})

describe('scenarios/smart-charging.yaml', () => {
  test('passes against the embedded CSMS, and every limit shows in the energy', async () => {
    const report = await simulate(join(root, 'scenarios/smart-charging.yaml'))
    expect(report).toMatchObject({ verdict: 'pass', scripts: { completed: 6, failed: 0 } })
    // 4 x 2.76 kWh at 12 A, 2 x 5.64 kWh with the pause, 2 x 1.72 kWh at 10 A, and what the messages
    // took; without limits it were 58 kWh.
    expect(report.transactions.energyWh).toBeGreaterThan(25_700)
    expect(report.transactions.energyWh).toBeLessThan(35_000)
  })
})
