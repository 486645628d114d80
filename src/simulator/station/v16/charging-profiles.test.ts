import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ev, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const ac22 = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const one = { evse: 1, connector: 1 } as const
const two = { evse: 2, connector: 1 } as const
const minute = 60_000

async function booted(configuration: Record<string, string> = {}) {
  const bench = new StationPeer(protocol, {
    evses: [ac22, ac22],
    configuration: {
      SupportedFeatureProfiles: 'Core,SmartCharging,RemoteTrigger',
      MeterValuesSampledData: 'Energy.Active.Import.Register,Power.Active.Import,Current.Import.L1',
      MeterValueSampleInterval: '60',
      AuthorizeRemoteTxRequests: 'false',
      ...configuration,
    },
  })
  let next = 0
  bench.answers.set('StartTransaction', () => {
    next += 1
    return { transactionId: next, idTagInfo: { status: 'Accepted' } }
  })
  return bench.booted()
}

/** On these connectors; an EV takes 11 kW, 15.94 A on each of three phases. */
async function charging(places: readonly (typeof one | typeof two)[], configuration = {}) {
  const bench = await booted(configuration)
  for (const place of places) {
    await bench.act(bench.actor.plugIn(place, ev))
    await bench.act(bench.actor.start(place, bench.cancel))
  }
  bench.forget()
  return bench
}

const periods = (...limits: readonly (readonly [number, number, number?])[]) =>
  limits.map(([startPeriod, limit, numberPhases]) => ({
    startPeriod,
    limit,
    ...(numberPhases !== undefined && { numberPhases }),
  }))

interface Told {
  readonly id?: number
  readonly stackLevel?: number
  readonly purpose?: 'ChargePointMaxProfile' | 'TxDefaultProfile' | 'TxProfile'
  readonly kind?: 'Absolute' | 'Recurring' | 'Relative'
  readonly profile?: object
  readonly unit?: 'A' | 'W'
  readonly schedule?: object
  readonly limits?: ReturnType<typeof periods>
}

function profile({ purpose = 'TxDefaultProfile', unit = 'A', ...told }: Told) {
  return {
    chargingProfileId: told.id ?? 1,
    stackLevel: told.stackLevel ?? 0,
    chargingProfilePurpose: purpose,
    chargingProfileKind: told.kind ?? 'Relative',
    ...told.profile,
    chargingSchedule: {
      chargingRateUnit: unit,
      chargingSchedulePeriod: told.limits ?? periods([0, 10]),
      ...told.schedule,
    },
  }
}

async function set(bench: StationPeer, connectorId: number, told: Told) {
  const payload = { connectorId, csChargingProfiles: profile(told) }
  return (await bench.call('SetChargingProfile', payload))['status']
}

/** Start, limit and phases of each period. */
async function composite(bench: StationPeer, connectorId: number, more: object = {}) {
  const question = { connectorId, duration: 3600, chargingRateUnit: 'A', ...more }
  const { chargingSchedule } = await bench.call('GetCompositeSchedule', question)
  const { chargingSchedulePeriod } = chargingSchedule as { chargingSchedulePeriod: object[] }
  return chargingSchedulePeriod.map((period) => Object.values(period))
}

const statuses = (bench: StationPeer) =>
  bench
    .sent('StatusNotification')
    .map(({ connectorId, status }) => `${String(connectorId)} ${String(status)}`)

const outlet = (bench: StationPeer, evse = 1) => {
  const found = bench.station.evse(evse)
  if (!found) throw new Error('no such EVSE')
  found.advance()
  return found.outlet
}

/** The values of one measurand in the order in which they were sent. */
const measured = (bench: StationPeer, measurand: string) =>
  bench.sent('MeterValues').flatMap(({ meterValue }) =>
    (meterValue as { sampledValue: { measurand: string; value: string }[] }[])
      .flatMap(({ sampledValue }) => sampledValue)
      .filter((value) => value.measurand === measurand)
      .map(({ value }) => Number(value)),
  )

describe('SetChargingProfile', () => {
  test('[1.6 5.16] limits the running transaction at once, and its meter values show it', async () => {
    const bench = await charging([one])
    expect(await set(bench, 1, { purpose: 'TxProfile', limits: periods([0, 10]) })).toBe('Accepted')
    await bench.clock.run(3 * minute)
    expect(measured(bench, 'Power.Active.Import')).toEqual([6900, 6900, 6900])
    expect(measured(bench, 'Current.Import')).toEqual([10, 10, 10])
    expect(measured(bench, 'Energy.Active.Import.Register')).toEqual([1115, 1230, 1345])
    expect(bench.findings).toEqual([])
  })

  test('[1.6 3.13.1] a TxDefaultProfile counts for transactions to come and for those under way', async () => {
    const bench = await charging([one])
    expect(await set(bench, 0, { limits: periods([0, 8]) })).toBe('Accepted')
    expect(outlet(bench).powerW).toBe(5520)
    await bench.act(bench.actor.plugIn(two, ev))
    await bench.act(bench.actor.start(two, bench.cancel))
    expect(outlet(bench, 2).powerW).toBe(5520)
  })

  test('[1.6 3.13.1] all purposes together, and a TxProfile whose schedule is over', async () => {
    const bench = await charging([one])
    const now = new Date(bench.clock.wallMs()).toISOString()
    const schedule = (limits: ReturnType<typeof periods>, duration: number) => ({
      kind: 'Absolute' as const,
      limits,
      schedule: { duration, startSchedule: now },
    })
    const max = { purpose: 'ChargePointMaxProfile', id: 1, ...schedule(periods([0, 10]), 86_400) }
    const byDefault = periods([0, 6], [60, 10], [120, 8], [180, 15], [260, 8])
    const own = periods([0, 8], [50, 11], [140, 16], [200, 6], [240, 12])
    expect(await set(bench, 0, { ...max, purpose: 'ChargePointMaxProfile' })).toBe('Accepted')
    expect(await set(bench, 1, { id: 2, ...schedule(byDefault, 300) })).toBe('Accepted')
    const told = { id: 3, purpose: 'TxProfile', ...schedule(own, 260) } as const
    expect(await set(bench, 1, told)).toBe('Accepted')
    expect(await composite(bench, 1, { duration: 400 })).toEqual([
      [0, 8, 3],
      [50, 10, 3],
      [200, 6, 3],
      [240, 10, 3],
    ])
  })

  test('[1.6 7.9] what limits the station without a start of its own starts when it comes', async () => {
    const bench = await charging([one])
    const limits = periods([0, 12], [600, 8])
    for (const kind of ['Relative', 'Absolute'] as const) {
      const told = { purpose: 'ChargePointMaxProfile', kind, limits } as const
      expect(await set(bench, 0, told)).toBe('Accepted')
      expect(outlet(bench).powerW).toBe(8280)
      expect(await composite(bench, 0)).toEqual([
        [0, 12, 3],
        [600, 8, 3],
      ])
      await bench.clock.run(10 * minute)
      expect(outlet(bench).powerW).toBe(5520)
    }
  })

  test('[1.6 errata 3.64] a limit of 0 suspends the EVSE until the next period', async () => {
    const bench = await charging([one])
    const limits = periods([0, 16], [120, 0], [300, 10])
    await set(bench, 1, { purpose: 'TxProfile', limits })
    await bench.clock.run(119_999)
    expect(statuses(bench)).toEqual([])
    await bench.clock.run(1)
    expect(statuses(bench)).toEqual(['1 SuspendedEVSE'])
    await bench.clock.run(3 * minute)
    expect(statuses(bench)).toEqual(['1 SuspendedEVSE', '1 Charging'])
    await bench.clock.run(minute)
    // Two minutes of 11 kW, three of nothing, one of 6.9 kW.
    expect(outlet(bench).importWh).toBeCloseTo(1000 + 11_000 / 30 + 6900 / 60)
  })

  test('a transaction that begins without any power is SuspendedEVSE from the start', async () => {
    const bench = await booted()
    await set(bench, 0, { limits: periods([0, 0], [600, 16]) })
    await bench.act(bench.actor.plugIn(one, ev))
    await bench.act(bench.actor.start(one, bench.cancel))
    expect(statuses(bench)).toEqual(['1 Preparing', '1 SuspendedEVSE'])
    const charge = bench.actor.charge(one, { untilEnergyWh: 1000 }, bench.cancel)
    await bench.clock.run(10 * minute)
    expect(outlet(bench).importWh).toBe(1000)
    expect(statuses(bench).at(-1)).toBe('1 Charging')
    await bench.clock.run(6 * minute)
    expect(await charge).toMatchObject({ ok: true })
  })

  test('limits change at their instants however seldom somebody looks', async () => {
    const bench = await charging([one], { MeterValueSampleInterval: '0' })
    const limits = periods([0, 16], [60, 6], [90, 0], [3600, 12])
    await set(bench, 1, { purpose: 'TxProfile', limits })
    await bench.clock.run(2 * 60 * minute)
    const expected = 11_000 / 60 + (6 * 690) / 120 + 12 * 690
    expect(outlet(bench).importWh).toBeCloseTo(1000 + expected)
  })

  test('[1.6 3.13.3] connectors never draw more together than ChargePointMaxProfile', async () => {
    const bench = await charging([one, two])
    const told = { purpose: 'ChargePointMaxProfile', kind: 'Absolute' } as const
    expect(await set(bench, 0, { ...told, limits: periods([0, 20]) })).toBe('Accepted')
    expect([outlet(bench).powerW, outlet(bench, 2).powerW]).toEqual([6900, 6900])
    await set(bench, 0, { ...told, limits: periods([0, 10]) })
    expect([outlet(bench).powerW, outlet(bench, 2).powerW]).toEqual([6900, 0])
    await bench.clock.run(0)
    expect(statuses(bench)).toEqual(['2 SuspendedEVSE'])
    await bench.act(bench.actor.stop(one, {}, bench.cancel))
    expect(outlet(bench, 2).powerW).toBe(6900)
    expect(statuses(bench)).toContain('2 Charging')
    await set(bench, 0, { ...told, unit: 'W', limits: periods([0, 5000]) })
    expect(outlet(bench, 2).powerW).toBe(5000)
  })

  test('what an EV that is full leaves goes to the other', async () => {
    const bench = await booted()
    const told = { purpose: 'ChargePointMaxProfile', unit: 'W' } as const
    await set(bench, 0, { ...told, limits: periods([0, 11_000]) })
    await bench.act(bench.actor.plugIn(one, { ...ev, soc: 0.99, taperFrom: 1 }))
    await bench.act(bench.actor.start(one, bench.cancel))
    await bench.act(bench.actor.plugIn(two, ev))
    await bench.act(bench.actor.start(two, bench.cancel))
    bench.forget()
    // 600 Wh are missing: at half of 11 kW that takes 392.7 s.
    await bench.clock.run(392_000)
    expect(outlet(bench, 2).powerW).toBe(5500)
    await bench.clock.run(1000)
    expect(outlet(bench, 2).powerW).toBe(11_000)
    expect(statuses(bench)).toEqual(['1 SuspendedEV'])
    await bench.clock.run(7000)
    const expected = (5.5 * 392_727 + 11 * 7273) / 3600
    expect(outlet(bench, 2).importWh).toBeCloseTo(1000 + expected, 1)
  })

  test('[1.6 7.13] the last to come gets nothing where a share is below minChargingRate', async () => {
    const bench = await charging([one, two])
    const told = { purpose: 'ChargePointMaxProfile', id: 9 } as const
    await set(bench, 0, { ...told, limits: periods([0, 20]) })
    await set(bench, 0, { limits: periods([0, 16]), schedule: { minChargingRate: 10.1 } })
    expect(outlet(bench).powerW).toBeCloseTo(11_000)
    expect(outlet(bench, 2).powerW).toBe(0)
    // 11 kW are 15.94 A: an EV that can take no more charges nevertheless.
    await set(bench, 0, { limits: periods([0, 16]), schedule: { minChargingRate: 16 } })
    expect(outlet(bench).powerW).toBeCloseTo(11_000)
  })

  test('[1.6 3.13.1] a TxProfile dies with its transaction and never touches the next', async () => {
    const bench = await charging([one])
    await set(bench, 1, { purpose: 'TxProfile', profile: { transactionId: 1 } })
    await bench.act(bench.actor.stop(one, {}, bench.cancel))
    await bench.act(bench.actor.start(one, bench.cancel))
    expect(outlet(bench).powerW).toBe(11_000)
    expect(await bench.call('ClearChargingProfile', { id: 1 })).toEqual({ status: 'Unknown' })
  })

  test('[1.6 errata 3.37] profiles survive a reboot', async () => {
    const bench = await booted()
    await set(bench, 0, { limits: periods([0, 7]) })
    await bench.call('Reset', { type: 'Hard' })
    await bench.clock.run(10_000)
    expect(await composite(bench, 1)).toEqual([[0, 7, 3]])
    await bench.act(bench.actor.plugIn(one, ev))
    await bench.act(bench.actor.start(one, bench.cancel))
    expect(outlet(bench).powerW).toBe(7 * 690)
  })

  test('[1.6 9.4.4] without phase switching the phases of the start stay', async () => {
    const onePhase = { purpose: 'TxProfile', limits: periods([0, 16, 1]) } as const
    const fixed = await charging([one], { ConnectorSwitch3to1PhaseSupported: 'false' })
    await set(fixed, 1, onePhase)
    // 3.68 kW on three phases are less than 6 A each.
    expect(outlet(fixed).powerW).toBe(0)
    const switching = await charging([one], { ConnectorSwitch3to1PhaseSupported: 'true' })
    await set(switching, 1, onePhase)
    expect([outlet(switching).powerW, outlet(switching).phases]).toEqual([3680, 1])
    const before = await booted({ ConnectorSwitch3to1PhaseSupported: 'false' })
    await set(before, 0, { limits: periods([0, 16, 1], [60, 16, 3]) })
    await before.act(before.actor.plugIn(one, ev))
    await before.act(before.actor.start(one, before.cancel))
    expect([outlet(before).powerW, outlet(before).phases]).toEqual([3680, 1])
    await before.clock.run(minute)
    expect([outlet(before).powerW, outlet(before).phases]).toEqual([3680, 1])
  })

  test.each<[string, number, Told]>([
    ['ChargePointMaxProfile on a connector', 1, { purpose: 'ChargePointMaxProfile' }],
    ['TxProfile on connector 0', 0, { purpose: 'TxProfile' }],
    ['TxProfile without a transaction', 2, { purpose: 'TxProfile' }],
    ['TxProfile of another one', 1, { purpose: 'TxProfile', profile: { transactionId: 2 } }],
    ['a stackLevel beyond ChargeProfileMaxStackLevel', 0, { stackLevel: 4 }],
    [
      'more periods than ChargingScheduleMaxPeriods',
      0,
      { limits: periods([0, 6], [1, 7], [2, 8]) },
    ],
    ['a unit that is not allowed', 0, { unit: 'W' }],
    ['a schedule that begins late', 0, { limits: periods([1, 6]) }],
    ['Recurring without recurrencyKind', 0, { kind: 'Recurring' }],
  ])('[1.6 5.16, 9.4] refuses %s', async (_what, connectorId, told) => {
    const bench = await charging([one], {
      ChargeProfileMaxStackLevel: '3',
      ChargingScheduleMaxPeriods: '2',
      ChargingScheduleAllowedChargingRateUnit: 'Current',
    })
    expect(await set(bench, connectorId, told)).toBe('Rejected')
    expect(outlet(bench).powerW).toBe(11_000)
  })

  test('[1.6 9.4.5] takes no more than MaxChargingProfilesInstalled, replacements aside', async () => {
    const bench = await booted({ MaxChargingProfilesInstalled: '2' })
    expect(await set(bench, 0, { id: 1, stackLevel: 0 })).toBe('Accepted')
    expect(await set(bench, 0, { id: 2, stackLevel: 1 })).toBe('Accepted')
    expect(await set(bench, 0, { id: 3, stackLevel: 2 })).toBe('Rejected')
    expect(await set(bench, 0, { id: 3, stackLevel: 1 })).toBe('Accepted')
    expect(await bench.call('ClearChargingProfile', { id: 2 })).toEqual({ status: 'Unknown' })
  })

  test('[1.6 3.13.6] a station that is offline goes on with its profiles', async () => {
    const bench = await charging([one])
    await set(bench, 1, { purpose: 'TxProfile', limits: periods([0, 16], [60, 10]) })
    bench.cut()
    await bench.clock.run(2 * minute)
    expect(bench.station.online).toBe(false)
    expect(outlet(bench).importWh).toBeCloseTo(1000 + 11_000 / 60 + 6900 / 60)
  })

  test.each([
    ['SetChargingProfile', { connectorId: 0, csChargingProfiles: profile({}) }],
    ['ClearChargingProfile', {}],
    ['GetCompositeSchedule', { connectorId: 0, duration: 60 }],
  ])('[1.6 errata 3.39] %s is NotSupported without smart charging', async (action, payload) => {
    const bench = await booted({ SupportedFeatureProfiles: 'Core' })
    expect(await bench.outcome(action, payload)).toMatchObject({
      kind: 'error',
      code: 'NotSupported',
    })
  })

  test('[1.6 errata 3.39] a connector that is not there is a CALLERROR', async () => {
    const bench = await booted()
    const payload = { connectorId: 9, csChargingProfiles: profile({}) }
    expect(await bench.outcome('SetChargingProfile', payload)).toMatchObject({
      kind: 'error',
      code: 'PropertyConstraintViolation',
    })
  })
})

describe('ClearChargingProfile', () => {
  test('[1.6 5.5, errata 3.25] clears what matches everything that is given, and gives power back', async () => {
    const bench = await charging([one])
    await set(bench, 0, { id: 1, stackLevel: 0, limits: periods([0, 12]) })
    await set(bench, 1, { id: 2, stackLevel: 1, limits: periods([0, 10]) })
    await set(bench, 1, { id: 3, purpose: 'TxProfile', limits: periods([0, 8]) })
    expect(outlet(bench).powerW).toBe(5520)
    const clear = async (criteria: object) => {
      const { status } = await bench.call('ClearChargingProfile', criteria)
      return [status, outlet(bench).powerW]
    }
    const purpose = { chargingProfilePurpose: 'TxProfile' }
    expect(await clear({ connectorId: 0, ...purpose })).toEqual(['Unknown', 5520])
    expect(await clear({ connectorId: 1, ...purpose })).toEqual(['Accepted', 6900])
    expect(await clear({ id: 2 })).toEqual(['Accepted', 8280])
    expect(await clear({})).toEqual(['Accepted', 11_000])
    expect(await clear({})).toEqual(['Unknown', 11_000])
  })
})

describe('GetCompositeSchedule', () => {
  test('[1.6 5.7] without profiles tells what the hardware can', async () => {
    const bench = await booted()
    expect(await composite(bench, 1)).toEqual([[0, 31.8, 3]])
    expect(await composite(bench, 1, { chargingRateUnit: 'W' })).toEqual([[0, 22_000, 3]])
    expect(await composite(bench, 0)).toEqual([[0, 63.7, 3]])
  })

  test('[1.6 errata 3.57] counts from scheduleStart and leaves startSchedule out', async () => {
    const bench = await booted()
    await bench.clock.run(1234)
    const answer = await bench.call('GetCompositeSchedule', { connectorId: 1, duration: 60 })
    expect(answer).toEqual({
      status: 'Accepted',
      connectorId: 1,
      scheduleStart: new Date(Math.floor(bench.clock.wallMs() / 1000) * 1000).toISOString(),
      chargingSchedule: {
        duration: 60,
        chargingRateUnit: 'A',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 31.8, numberPhases: 3 }],
      },
    })
  })

  test('[1.6 3.13.3] merges the purposes, of the transaction at its own start', async () => {
    const bench = await charging([one])
    await bench.clock.run(10 * minute)
    const told = { purpose: 'ChargePointMaxProfile', id: 9, unit: 'W' } as const
    await set(bench, 0, { ...told, limits: periods([0, 6900]) })
    await set(bench, 0, { id: 1, limits: periods([0, 6], [1200, 16]) })
    expect(await composite(bench, 1)).toEqual([
      [0, 6, 3],
      [600, 10, 3],
    ])
    await set(bench, 1, {
      id: 2,
      purpose: 'TxProfile',
      limits: periods([0, 8]),
      schedule: { duration: 1000, minChargingRate: 6.5 },
    })
    expect(await composite(bench, 1)).toEqual([
      [0, 8, 3],
      [400, 10, 3],
    ])
    expect(await composite(bench, 2)).toEqual([
      [0, 6, 3],
      [1200, 10, 3],
    ])
    expect(await composite(bench, 0)).toEqual([[0, 10, 3]])
    const { chargingSchedule } = await bench.call('GetCompositeSchedule', {
      connectorId: 1,
      duration: 60,
    })
    expect(chargingSchedule).toMatchObject({ chargingRateUnit: 'A', minChargingRate: 6.5 })
  })

  test('[1.6 6.21] speaks the unit of the profile where none is asked for', async () => {
    const bench = await booted()
    await set(bench, 0, { unit: 'W', limits: periods([0, 3680, 1]) })
    const { chargingSchedule } = await bench.call('GetCompositeSchedule', {
      connectorId: 2,
      duration: 60,
    })
    expect(chargingSchedule).toEqual({
      duration: 60,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 3680, numberPhases: 1 }],
    })
  })

  test.each([[{ connectorId: 9 }], [{ duration: 0 }], [{ chargingRateUnit: 'W' }]])(
    '[1.6 5.7] what it cannot tell is Rejected: %j',
    async (more) => {
      const bench = await booted({ ChargingScheduleAllowedChargingRateUnit: 'Current' })
      const question = { connectorId: 1, duration: 60, chargingRateUnit: 'A', ...more }
      expect(await bench.call('GetCompositeSchedule', question)).toEqual({ status: 'Rejected' })
    },
  )
})

describe('RemoteStartTransaction with a profile', () => {
  const start = (bench: StationPeer, told: Told, idTag = 'R') =>
    bench.call('RemoteStartTransaction', { idTag, connectorId: 1, chargingProfile: profile(told) })
  const tx = { purpose: 'TxProfile', limits: periods([0, 10], [600, 12]) } as const

  test('[1.6 5.16.2, errata 3.42] limits the transaction that it starts, from its start', async () => {
    const bench = await booted()
    await bench.act(bench.actor.plugIn(one, ev))
    expect(await start(bench, tx)).toEqual({ status: 'Accepted' })
    await bench.clock.run(0)
    expect(outlet(bench).powerW).toBe(6900)
    await bench.clock.run(10 * minute)
    expect(outlet(bench).powerW).toBe(8280)
    await set(bench, 1, {
      id: 2,
      purpose: 'TxProfile',
      profile: { transactionId: 1 },
      limits: periods([0, 8]),
    })
    expect(outlet(bench).powerW).toBe(5520)
    expect(await bench.call('ClearChargingProfile', { id: 1 })).toEqual({ status: 'Unknown' })
  })

  test('waits for the EV, and is forgotten with the authorization', async () => {
    const bench = await booted({ ConnectionTimeOut: '60' })
    await start(bench, tx)
    await bench.clock.run(2 * minute)
    await bench.act(bench.actor.plugIn(one, ev))
    await bench.act(bench.actor.start(one, bench.cancel))
    expect(outlet(bench).powerW).toBe(11_000)
    await bench.act(bench.actor.stop(one, {}, bench.cancel))
    await bench.act(bench.actor.unplug(one, bench.cancel))
    await start(bench, tx)
    await bench.act(bench.actor.plugIn(one, ev))
    await bench.clock.run(0)
    expect(outlet(bench).powerW).toBe(6900)
  })

  test.each<[string, Told]>([
    ['another purpose', { purpose: 'TxDefaultProfile' }],
    ['a transactionId', { purpose: 'TxProfile', profile: { transactionId: 1 } }],
    ['a broken schedule', { purpose: 'TxProfile', limits: periods([5, 10]) }],
  ])('[1.6 errata 3.41] is refused with %s', async (_what, told) => {
    const bench = await booted()
    await bench.act(bench.actor.plugIn(one, ev))
    expect(await start(bench, told)).toEqual({ status: 'Rejected' })
    expect(bench.actions()).not.toContain('StartTransaction')
  })

  test('[1.6 5.11] is ignored by a station without smart charging', async () => {
    const bench = await booted({ SupportedFeatureProfiles: 'Core' })
    await bench.act(bench.actor.plugIn(one, ev))
    expect(await start(bench, { purpose: 'TxDefaultProfile' })).toEqual({ status: 'Accepted' })
    await bench.clock.run(0)
    expect(outlet(bench).powerW).toBe(11_000)
  })
})

describe('whatever profiles are set', () => {
  const period = fc.record({
    limit: fc.integer({ min: 0, max: 40 }),
    numberPhases: fc.constantFrom(1, 2, 3),
  })
  const told: fc.Arbitrary<Told & { readonly connectorId: number }> = fc
    .record({
      id: fc.integer({ min: 1, max: 4 }),
      stackLevel: fc.nat(3),
      where: fc.constantFrom(
        { purpose: 'ChargePointMaxProfile', connectorId: 0 } as const,
        { purpose: 'TxDefaultProfile', connectorId: 0 } as const,
        { purpose: 'TxDefaultProfile', connectorId: 1 } as const,
        { purpose: 'TxProfile', connectorId: 1 } as const,
      ),
      unit: fc.constantFrom('A', 'W'),
      startsAfter: fc.option(fc.integer({ min: -100, max: 100 })),
      duration: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
      periods: fc.array(period, { minLength: 1, maxLength: 4 }),
    })
    .map(({ where, startsAfter, duration, unit, periods: given, ...rest }) => ({
      ...rest,
      ...where,
      unit,
      kind: startsAfter === null ? 'Relative' : 'Absolute',
      schedule: {
        ...(duration !== undefined && { duration }),
        ...(startsAfter !== null && {
          startSchedule: new Date(Date.UTC(2026, 0, 1) + startsAfter * 1000).toISOString(),
        }),
      },
      limits: given.map(({ limit, numberPhases }, at) => ({
        startPeriod: at * 50,
        limit: unit === 'W' ? limit * 500 : limit,
        numberPhases,
      })),
    }))

  test('a station draws what its own composite schedule says', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 5 }), async (profiles) => {
        const bench = await booted({ ConnectorSwitch3to1PhaseSupported: 'true' })
        const big = { ...ev, batteryWh: 500_000, maxPowerW: 22_000, taperFrom: 1 }
        await bench.act(bench.actor.plugIn(one, big))
        await bench.act(bench.actor.start(one, bench.cancel))
        for (const { connectorId, ...rest } of profiles) await set(bench, connectorId, rest)
        const schedule = await composite(bench, 1, { duration: 400, chargingRateUnit: 'W' })
        const wrong: unknown[] = []
        for (let s = 0; s < 400; s += 10) {
          const running = schedule.filter(([start]) => Number(start) <= s).pop() ?? []
          const [, limit = 0, phases = 3] = running.map(Number)
          const hardware = (22_000 * phases) / 3
          const expected = limit < 6 * phases * 230 ? 0 : Math.min(limit, hardware)
          const { powerW } = outlet(bench)
          if (Math.abs(powerW - expected) > 0.1) wrong.push({ s, powerW, expected })
          await bench.clock.run(10_000)
        }
        expect(wrong).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})
