import { afterEach, describe, expect, test } from 'vitest'
import { ChargingBench, minute, one, told } from '../../../../../test/helpers/charging-bench.ts'

let bench: ChargingBench
afterEach(() => expect(bench.findings).toEqual([]))

const versions = ['ocpp2.0.1', 'ocpp2.1'] as const
const max = { chargingProfilePurpose: 'ChargingStationMaxProfile', chargingProfileKind: 'Absolute' }

describe.each(versions)('smart charging of %s', (version) => {
  const booted = (configuration: Record<string, string> = {}) => {
    bench = new ChargingBench(version, configuration)
    return bench.booted()
  }

  describe('GetCompositeSchedule', () => {
    test('[2.0.1 K08.FR.02] tells what the hardware leaves where there is no profile', async () => {
      await booted()
      expect(
        await bench.call('GetCompositeSchedule', {
          evseId: 1,
          duration: 60,
          chargingRateUnit: 'W',
        }),
      ).toEqual({
        status: 'Accepted',
        schedule: {
          evseId: 1,
          duration: 60,
          scheduleStart: '2026-01-01T00:00:00.000Z',
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 22_000, numberPhases: 3 }],
        },
      })
      expect(await bench.composite(0)).toEqual([[0, 44_000]])
    })

    test('[2.0.1 K08.FR.04] is the least of what holds at each instant', async () => {
      await booted()
      const day = (limit: number, startPeriod: number) => ({ startPeriod, limit })
      await bench.set(
        0,
        told({ ...max, schedule: { chargingSchedulePeriod: [day(9000, 0), day(20_000, 1800)] } }),
      )
      await bench.set(
        1,
        told({ id: 2, schedule: { chargingSchedulePeriod: [day(12_000, 0), day(4000, 900)] } }),
      )
      expect(await bench.composite(1)).toEqual([
        [0, 9000],
        [900, 4000],
      ])
      expect(await bench.composite(0)).toEqual([
        [0, 9000],
        [1800, 20_000],
      ])
    })

    test.each([
      ['UnknownEvse', { evseId: 9 }],
      ['InvalidValue', { duration: 0 }],
      ['UnsupportedRateUnit', { chargingRateUnit: 'A' }],
    ])('[2.0.1 K08.FR.05, FR.07] is Rejected with %s', async (reasonCode, more) => {
      await booted({ 'SmartChargingCtrlr.RateUnit': 'W' })
      expect(
        await bench.call('GetCompositeSchedule', { evseId: 1, duration: 60, ...more }),
      ).toEqual({ status: 'Rejected', statusInfo: { reasonCode } })
    })
  })

  describe('GetChargingProfiles', () => {
    const reports = async (request: object) => {
      bench.forget()
      const answer = await bench.call('GetChargingProfiles', { requestId: 7, ...request })
      await bench.clock.run(0)
      const sent = bench.sent('ReportChargingProfiles').map((report) => {
        const profiles = report['chargingProfile'] as { readonly id: number }[]
        const { requestId, evseId, chargingLimitSource: source, tbc } = report
        expect(requestId).toBe(7)
        return [evseId, source, profiles.map(({ id }) => id), tbc]
      })
      return [answer['status'], ...sent]
    }

    test('[2.0.1 K09.FR.01-06] reports what fits, EVSE by EVSE, page by page', async () => {
      await booted({ 'SmartChargingCtrlr.ItemsPerMessage[ReportChargingProfiles]': '2' })
      await bench.set(0, told({ ...max, limit: 9000 }))
      for (const id of [2, 3, 4]) await bench.set(1, told({ id, stackLevel: id }))
      await bench.set(2, told({ id: 5, stackLevel: 5 }))
      const chargingProfile = {}
      expect(await reports({ chargingProfile })).toEqual([
        'Accepted',
        [0, 'CSO', [1], true],
        [1, 'CSO', [2, 3], true],
        [1, 'CSO', [4], true],
        [2, 'CSO', [5], false],
      ])
      expect(await reports({ evseId: 0, chargingProfile })).toEqual([
        'Accepted',
        [0, 'CSO', [1], false],
      ])
      expect(await reports({ chargingProfile: { chargingProfileId: [3, 5, 99] } })).toEqual([
        'Accepted',
        [1, 'CSO', [3], true],
        [2, 'CSO', [5], false],
      ])
      const narrow = { chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 4 }
      expect(await reports({ evseId: 1, chargingProfile: narrow })).toEqual([
        'Accepted',
        [1, 'CSO', [4], false],
      ])
      expect(await reports({ chargingProfile: { chargingLimitSource: ['EMS'] } })).toEqual([
        'NoProfiles',
      ])
    })

    test('[2.0.1 B06] how many there are stands in the device model', async () => {
      await booted()
      await bench.set(1, told())
      const { getVariableResult } = await bench.call('GetVariables', {
        getVariableData: [
          {
            component: { name: 'SmartChargingCtrlr' },
            variable: { name: 'Entries', instance: 'ChargingProfiles' },
          },
        ],
      })
      expect(getVariableResult).toMatchObject([{ attributeValue: '1' }])
    })

    test('[2.0.1 K01] there are no more than the device model says', async () => {
      await booted()
      for (let id = 1; id <= 10; id += 1) {
        await bench.set(1, told({ id, stackLevel: id - 1 }))
        await bench.set(2, told({ id: id + 10, stackLevel: id - 1 }))
      }
      expect(await bench.set(0, told({ ...max, id: 30 }))).toBe('OutOfStorage')
      expect(await bench.set(1, told({ id: 1, limit: 1 }))).toBe('Accepted')
    })
  })

  describe('ClearChargingProfile', () => {
    const clear = async (request: object) =>
      (await bench.call('ClearChargingProfile', request))['status']

    test('[2.0.1 K10.FR.03-05] by id, by criteria, or all; power is free again', async () => {
      await booted()
      await bench.set(1, told())
      await bench.set(1, told({ id: 2, stackLevel: 1, limit: 5000 }))
      await bench.charge()
      expect(bench.powerW()).toBe(5000)
      expect(await clear({ chargingProfileId: 9 })).toBe('Unknown')
      expect(await clear({ chargingProfileId: 2 })).toBe('Accepted')
      expect(bench.powerW()).toBe(6900)
      const criteria = { evseId: 1, chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 1 }
      expect(await clear({ chargingProfileCriteria: criteria })).toBe('Unknown')
      expect(await clear({ chargingProfileCriteria: { ...criteria, stackLevel: 0 } })).toBe(
        'Accepted',
      )
      expect(bench.powerW()).toBe(11_000)
      await bench.set(1, told())
      expect(await clear({})).toBe('Accepted')
      expect(await clear({})).toBe('Unknown')
    })
  })

  test('[2.0.1 K05] a remote start brings the limit of its transaction along', async () => {
    await booted()
    const start = (more: object) =>
      bench.call('RequestStartTransaction', {
        evseId: 1,
        idToken: { idToken: 'R', type: 'Central' },
        remoteStartId: 1,
        chargingProfile: told({ chargingProfilePurpose: 'TxProfile', limit: 5000, ...more }),
      })
    await bench.act(bench.actor.plugIn(one, { ...evPlan }))
    expect(await start({ chargingProfilePurpose: 'TxDefaultProfile' })).toMatchObject({
      status: 'Rejected',
    })
    expect(await start({ transactionId: 'T' })).toMatchObject({ status: 'Rejected' })
    expect(await start({})).toMatchObject({ status: 'Accepted' })
    await bench.clock.run(1000)
    expect(bench.powerW()).toBe(5000)
    await bench.call('GetChargingProfiles', { requestId: 1, chargingProfile: {} })
    await bench.clock.run(0)
    expect(bench.sent('ReportChargingProfiles')[0]?.['chargingProfile']).toMatchObject([
      { id: 1, transactionId: bench.transactionId() },
    ])
  })

  describe('limits of others', () => {
    const limited = (watts: number, more: object = {}) =>
      bench.act(
        bench.actor.act(one, {
          kind: 'limited',
          evse: 0,
          source: 'EMS',
          watts,
          gridCritical: false,
          generation: false,
          ...more,
        }),
      )
    const cleared = (evse = 0) =>
      bench.act(bench.actor.act(one, { kind: 'limitCleared', evse, source: 'EMS' }))

    test('[2.0.1 K11.FR.01, K12.FR.02, FR.03] the station obeys, and tells it and the new rate', async () => {
      await booted()
      const transactionId = await bench.charge()
      expect(await limited(8000)).toMatchObject({ ok: true })
      expect(bench.powerW()).toBe(8000)
      expect(bench.sent('NotifyChargingLimit')).toEqual([
        {
          chargingLimit: { chargingLimitSource: 'EMS', isGridCritical: false },
          chargingSchedule: [
            {
              id: 1,
              startSchedule: '2026-01-01T00:00:00.000Z',
              chargingRateUnit: 'W',
              chargingSchedulePeriod: [{ startPeriod: 0, limit: 8000 }],
            },
          ],
        },
      ])
      expect(bench.sent('TransactionEvent')).toMatchObject([
        { triggerReason: 'ChargingRateChanged', transactionInfo: { transactionId } },
      ])
    })

    test('[2.0.1 K13.FR.01, K10.FR.08] only who set it takes it away, and the CSMS hears of it', async () => {
      await booted()
      await limited(8000, { evse: 1 })
      await bench.charge()
      expect(bench.powerW()).toBe(8000)
      expect(await bench.call('ClearChargingProfile', {})).toEqual({ status: 'Unknown' })
      await bench.call('GetChargingProfiles', { requestId: 1, chargingProfile: {} })
      await bench.clock.run(0)
      expect(bench.sent('ReportChargingProfiles')).toMatchObject([
        {
          evseId: 1,
          chargingLimitSource: 'EMS',
          chargingProfile: [
            { id: -1, chargingProfilePurpose: 'ChargingStationExternalConstraints' },
          ],
        },
      ])
      expect(await cleared(1)).toMatchObject({ ok: true })
      expect(bench.powerW()).toBe(11_000)
      expect(bench.sent('ClearedChargingLimit')).toEqual([
        { chargingLimitSource: 'EMS', evseId: 1 },
      ])
      expect(await cleared(1)).toMatchObject({ ok: false })
    })

    test('[2.0.1 K11.FR.04] a change below LimitChangeSignificance is not told to transactions', async () => {
      await booted({
        'SmartChargingCtrlr.LimitChangeSignificance': '20',
        'SmartChargingCtrlr.NotifyChargingLimitWithSchedules': 'false',
      })
      await limited(10_000)
      await bench.charge()
      await limited(8500)
      expect(bench.actions()).toEqual(['NotifyChargingLimit'])
      expect(bench.sent('NotifyChargingLimit')[0]).not.toHaveProperty('chargingSchedule')
      await limited(6000)
      expect(bench.sent('TransactionEvent')).toHaveLength(1)
    })

    test('what happened offline is told when the station is back', async () => {
      await booted()
      await bench.charge()
      bench.actor.disconnect({})
      expect(await limited(8000)).toMatchObject({ ok: true })
      expect(bench.powerW()).toBe(8000)
      expect(bench.sent('NotifyChargingLimit')).toEqual([])
      await bench.act(bench.actor.reconnect(bench.cancel), 1000)
      expect(bench.sent('NotifyChargingLimit')).toHaveLength(1)
    })

    test('[2.1 ExternalControlSignalsEnabled] a station may not listen', async () => {
      await booted({ 'SmartChargingCtrlr.ExternalControlSignalsEnabled': 'false' })
      expect(await limited(8000)).toMatchObject({
        ok: false,
        reason: 'ExternalControlSignalsEnabled is false',
      })
    })

    test('are forgotten with the power, unless the station keeps them', async () => {
      await booted()
      await limited(8000)
      bench.actor.powerLoss()
      await bench.act(bench.actor.powerUp(bench.cancel), minute)
      expect(await bench.composite(1)).toEqual([[0, 22_000]])
    })
  })
})

const evPlan = {
  batteryWh: 60_000,
  soc: 0.2,
  maxPowerW: 11_000,
  phases: 3,
  taperFrom: 0.8,
} as const
