import { afterEach, describe, expect, test } from 'vitest'
import {
  ac22,
  ChargingBench,
  minute,
  one,
  told,
  two,
} from '../../../../../test/helpers/charging-bench.ts'

let bench: ChargingBench
afterEach(() => expect(bench.findings).toEqual([]))

const versions = ['ocpp2.0.1', 'ocpp2.1'] as const

describe.each(versions)('SetChargingProfile of %s', (version) => {
  const booted = (configuration: Record<string, string> = {}) => {
    bench = new ChargingBench(version, configuration)
    return bench.booted()
  }

  test('[2.0.1 K01] power obeys at every instant, and a TxProfile overrules the default', async () => {
    await booted()
    const periods = [
      { startPeriod: 0, limit: 6900 },
      { startPeriod: 600, limit: 0 },
      { startPeriod: 1200, limit: 9000 },
    ]
    expect(await bench.set(0, told({ schedule: { chargingSchedulePeriod: periods } }))).toBe(
      'Accepted',
    )
    const transactionId = await bench.charge()
    expect(bench.powerW()).toBe(6900)
    await bench.clock.run(10 * minute)
    expect(bench.powerW()).toBe(0)
    expect(bench.sent('TransactionEvent')).toContainEqual(
      expect.objectContaining({
        triggerReason: 'ChargingStateChanged',
        transactionInfo: { transactionId, chargingState: 'SuspendedEVSE' },
      }),
    )
    await bench.clock.run(10 * minute)
    expect(bench.powerW()).toBe(9000)
    const own = { id: 2, chargingProfilePurpose: 'TxProfile', transactionId, limit: 4200 }
    expect(await bench.set(1, told(own))).toBe('Accepted')
    expect(bench.powerW()).toBe(4200)
    await bench.act(bench.actor.stop(one, {}, bench.cancel))
    await bench.act(bench.actor.unplug(one, bench.cancel))
    expect(await bench.call('GetChargingProfiles', { requestId: 1, chargingProfile: {} })).toEqual({
      status: 'Accepted',
    })
    await bench.clock.run(0)
    const reported = bench.sent('ReportChargingProfiles')[0]
    expect(reported?.['chargingProfile']).toMatchObject([{ id: 1 }])
  })

  test('[2.0.1 K04.FR.05] EVSEs share what the ChargingStationMaxProfile leaves', async () => {
    await booted()
    await bench.charge(one)
    await bench.charge(two)
    const max = { chargingProfilePurpose: 'ChargingStationMaxProfile' }
    expect(
      await bench.set(0, told({ ...max, chargingProfileKind: 'Absolute', limit: 12_000 })),
    ).toBe('Accepted')
    expect([bench.powerW(1), bench.powerW(2)]).toEqual([6000, 6000])
    expect(await bench.set(1, told(max))).toBe('InvalidValue')
  })

  test('[2.0.1 K01.FR.05] the same id replaces, wherever it was', async () => {
    await booted()
    await bench.set(1, told())
    expect(await bench.set(2, told({ limit: 5000 }))).toBe('Accepted')
    expect(await bench.composite(1)).toEqual([[0, 22_000]])
    expect(await bench.composite(2)).toEqual([[0, 5000]])
  })

  test('[2.0.1 K01.FR.06, FR.53] one stackLevel at a time; one after the other they may', async () => {
    await booted()
    const until = { validTo: '2026-01-01T01:00:00Z' }
    const from = { validFrom: '2026-01-01T01:00:00Z' }
    await bench.set(1, told(until))
    expect(await bench.set(1, told({ id: 2 }))).toBe('DuplicateProfile')
    expect(await bench.set(0, told({ id: 2 }))).toBe('DuplicateProfile')
    expect(await bench.set(1, told({ id: 2, ...from, limit: 8000 }))).toBe('Accepted')
    expect(await bench.composite(1, { duration: 7200 })).toEqual([
      [0, 6900],
      [3600, 8000],
    ])
  })

  test('[2.0.1 K01.FR.03, FR.09, FR.16, FR.33] a TxProfile is of a transaction that is open there', async () => {
    await booted()
    const tx = (more: object = {}) => told({ chargingProfilePurpose: 'TxProfile', ...more })
    expect(await bench.set(1, tx())).toBe('MissingParam')
    expect(await bench.set(1, tx({ transactionId: 'none' }))).toBe('TxNotFound')
    const transactionId = await bench.charge()
    expect(await bench.set(0, tx({ transactionId }))).toBe('InvalidValue')
    expect(await bench.set(2, tx({ transactionId }))).toBe('TxNotFound')
    expect(await bench.set(1, tx({ transactionId }))).toBe('Accepted')
    expect(await bench.set(1, tx({ id: 2, transactionId }))).toBe('InvalidStackLevel')
  })

  test.each<[string, number, Record<string, unknown>]>([
    ['UnknownEvse', 9, {}],
    ['InvalidValue', 0, { chargingProfilePurpose: 'ChargingStationExternalConstraints' }],
    ['InvalidStackLevel', 0, { stackLevel: 10 }],
    ['UnsupportedRateUnit', 0, { schedule: { chargingRateUnit: 'A' } }],
    [
      'TooManyElements',
      0,
      {
        schedule: {
          chargingSchedulePeriod: [0, 1, 2].map((startPeriod) => ({ startPeriod, limit: 1 })),
        },
      },
    ],
    ['InvalidProfile', 0, { transactionId: 'T' }],
    [
      'InvalidSchedule',
      0,
      {
        schedule: {
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 1, numberPhases: 1, phaseToUse: 2 }],
        },
      },
    ],
  ])('[2.0.1 K01] is refused with %s', async (reason, evseId, more) => {
    await booted({
      'SmartChargingCtrlr.RateUnit': 'W',
      'SmartChargingCtrlr.PeriodsPerSchedule': '2',
    })
    expect(await bench.set(evseId, told(more))).toBe(reason)
    expect(await bench.call('GetChargingProfiles', { requestId: 1, chargingProfile: {} })).toEqual({
      status: 'NoProfiles',
    })
  })

  test('[2.0.1 K01.FR.20] the phase that a profile chooses carries the current', async () => {
    await booted({ 'SmartChargingCtrlr.ACPhaseSwitchingSupported': 'true' })
    const chosen = { startPeriod: 0, limit: 3450, numberPhases: 1, phaseToUse: 2 }
    expect(await bench.set(1, told({ schedule: { chargingSchedulePeriod: [chosen] } }))).toBe(
      'Accepted',
    )
    await bench.charge()
    const { outlet } = bench.station.evse(1) ?? {}
    expect([1, 2, 3].map((phase) => outlet?.currentA(phase as 1 | 2 | 3))).toEqual([0, 15, 0])
    const { schedule } = await bench.call('GetCompositeSchedule', { evseId: 1, duration: 60 })
    expect(schedule).toMatchObject({
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 15, numberPhases: 1, phaseToUse: 2 }],
    })
  })

  test('[2.0.1 K01.FR.29] a station without smart charging answers NotSupported', async () => {
    await booted({ 'SmartChargingCtrlr.Available': 'false' })
    const payload = { evseId: 0, chargingProfile: told() }
    expect(await bench.outcome('SetChargingProfile', payload)).toMatchObject({
      kind: 'error',
      wireCode: 'NotSupported',
    })
  })

  test('switched off it takes no profiles', async () => {
    await booted({ 'SmartChargingCtrlr.Enabled': 'false' })
    expect(await bench.set(0, told())).toBe('NotEnabled')
  })

  test('[2.0.1 K01.FR.27] TxDefaultProfiles survive a power loss, TxProfiles their transaction not', async () => {
    await booted()
    await bench.set(1, told())
    const transactionId = await bench.charge()
    await bench.set(1, told({ id: 2, chargingProfilePurpose: 'TxProfile', transactionId }))
    bench.actor.powerLoss()
    await bench.act(bench.actor.powerUp(bench.cancel), minute)
    bench.forget()
    await bench.call('GetChargingProfiles', { requestId: 3, chargingProfile: {} })
    await bench.clock.run(0)
    expect(bench.sent('ReportChargingProfiles')).toMatchObject([
      { requestId: 3, evseId: 1, chargingLimitSource: 'CSO', chargingProfile: [{ id: 1 }] },
    ])
  })
})

describe('SetChargingProfile of a DC EVSE', () => {
  const phased = told({
    schedule: { chargingSchedulePeriod: [{ startPeriod: 0, limit: 1, numberPhases: 3 }] },
  })
  test('[2.1 K01.FR.44] 2.1 refuses phases, 2.0.1 reads over them', async () => {
    const dc = { ...ac22, connectors: ['cCCS2'], current: 'DC' } as const
    bench = new ChargingBench('ocpp2.1', {}, { evses: [dc] })
    await bench.booted()
    expect(await bench.set(1, phased)).toBe('NoPhaseForDC')
    bench = new ChargingBench('ocpp2.0.1', {}, { evses: [dc] })
    await bench.booted()
    expect(await bench.set(1, phased)).toBe('Accepted')
    const { schedule } = await bench.call('GetCompositeSchedule', { evseId: 1, duration: 60 })
    const { chargingSchedulePeriod } = schedule as { chargingSchedulePeriod: object[] }
    expect(chargingSchedulePeriod[0]).not.toHaveProperty('numberPhases')
  })
})

describe('what 2.1 adds to SetChargingProfile', () => {
  const booted = (configuration: Record<string, string> = {}) => {
    bench = new ChargingBench('ocpp2.1', configuration)
    return bench.booted()
  }

  test.each<[string, string, Record<string, unknown>]>([
    [
      'UnsupportedPurpose',
      'SmartChargingCtrlr.SupportedAdditionalPurposes',
      { chargingProfilePurpose: 'PriorityCharging' },
    ],
    [
      'UnsupportedKind',
      'SmartChargingCtrlr.SupportsFeature[DynamicProfiles]',
      { chargingProfileKind: 'Dynamic' },
    ],
    [
      'InvalidSchedule',
      'SmartChargingCtrlr.SupportsFeature[MaxOfflineDuration]',
      { maxOfflineDuration: 1 },
    ],
    [
      'InvalidSchedule',
      'SmartChargingCtrlr.SupportsFeature[RandomizedDelay]',
      { schedule: { randomizedDelay: 1 } },
    ],
    [
      'InvalidSchedule',
      'SmartChargingCtrlr.SupportsFeature[LimitAtSoC]',
      { schedule: { limitAtSoC: { soc: 80, limit: 1 } } },
    ],
    [
      'InvalidSchedule',
      'SmartChargingCtrlr.SupportsFeature[UseLocalTime]',
      { schedule: { useLocalTime: true } },
    ],
    [
      'InvalidSchedule',
      'SmartChargingCtrlr.SupportsFeature[EvseSleep]',
      { schedule: { chargingSchedulePeriod: [{ startPeriod: 0, limit: 0, evseSleep: true }] } },
    ],
  ])('[2.1 K01.FR.120-126] is refused with %s without %s', async (reason, variable, more) => {
    await booted({ [variable]: variable.endsWith('Purposes') ? '' : 'false' })
    expect(await bench.set(1, told(more))).toBe(reason)
  })

  test('[2.1 K01.FR.101-103] while it is offline for long another profile counts', async () => {
    await booted({ 'OCPPCommCtrlr.OfflineThreshold': '100000' })
    await bench.set(1, told({ limit: 5000 }))
    await bench.set(1, told({ id: 2, stackLevel: 1, limit: 8000, maxOfflineDuration: 60 }))
    await bench.set(
      1,
      told({
        id: 3,
        stackLevel: 2,
        limit: 9000,
        maxOfflineDuration: 30,
        invalidAfterOfflineDuration: true,
      }),
    )
    await bench.charge()
    expect(bench.powerW()).toBe(9000)
    bench.actor.disconnect({})
    await bench.clock.run(29_000)
    expect(bench.powerW()).toBe(9000)
    await bench.clock.run(2000)
    expect(bench.powerW()).toBe(8000)
    await bench.clock.run(30_000)
    expect(bench.powerW()).toBe(5000)
    await bench.act(bench.actor.reconnect(bench.cancel), 1000)
    expect(bench.powerW()).toBe(8000)
  })

  test('[2.1 limitAtSoC] beyond a state of charge the EV gets less, from that very instant', async () => {
    await booted()
    const capped = { schedule: { limitAtSoC: { soc: 50, limit: 4200 } } }
    await bench.set(1, told({ limit: 9000, ...capped }))
    // From 20 to 50 % of 60 kWh at 9 kW: two hours.
    await bench.charge()
    await bench.clock.run(120 * minute - 1000)
    expect(bench.powerW()).toBe(9000)
    await bench.clock.run(2000)
    expect(bench.powerW()).toBe(4200)
    expect(bench.station.evse(1)?.outlet.sessionWh).toBeCloseTo(18_000, -1)
  })

  test('[2.1 K01.FR.93] each transaction draws delays of its own', async () => {
    await booted()
    const periods = [
      { startPeriod: 0, limit: 5000 },
      { startPeriod: 600, limit: 8000 },
    ]
    await bench.set(
      0,
      told({ schedule: { randomizedDelay: 300, chargingSchedulePeriod: periods } }),
    )
    await bench.charge(one)
    await bench.charge(two)
    const changes = [await bench.composite(1), await bench.composite(2)].map((composite) => {
      expect(composite).toHaveLength(2)
      return (composite[1] as number[])[0] ?? 0
    })
    for (const second of changes) {
      expect(second).toBeGreaterThanOrEqual(600)
      expect(second).toBeLessThanOrEqual(900)
    }
    expect(changes[0]).not.toBe(changes[1])
    await bench.clock.run(((changes[0] ?? 0) - 1) * 1000)
    expect(bench.powerW()).toBe(5000)
    await bench.clock.run(2000)
    expect(bench.powerW()).toBe(8000)
  })

  test('[2.1 K27] local generation adds to what the others allow', async () => {
    await booted()
    await bench.set(1, told({ limit: 6000 }))
    await bench.charge()
    const sun = {
      id: 2,
      chargingProfilePurpose: 'LocalGeneration',
      chargingProfileKind: 'Absolute',
      limit: 2500,
    }
    expect(await bench.set(0, told(sun))).toBe('Accepted')
    expect(bench.powerW()).toBe(8500)
    expect(await bench.composite(1)).toEqual([[0, 8500]])
  })
})
