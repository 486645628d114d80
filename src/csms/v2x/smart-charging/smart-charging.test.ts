import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'
import { type PartName, type PartQuery, stationParts } from '../../api/station-parts.ts'
import { compositeView } from '../../domain/composite-view.ts'

const now = '2026-01-01T00:00:00.000Z'
const versions = ['ocpp2.0.1', 'ocpp2.1'] as const

const profile = (more: object = {}, limit = 6900) => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
  ],
  ...more,
})

async function booted(version: (typeof versions)[number]) {
  const csms = memoryCsms({ tokens: [{ idToken: 'T1', status: 'Accepted' }] })
  const station = await csms.boot('CS1', version)
  const answers: Record<string, object> = {}
  const served: { readonly action: string; readonly payload: Record<string, unknown> }[] = []
  station.serve = (action, payload) => {
    served.push({ action, payload: payload as Record<string, unknown> })
    return answers[action] ?? { status: 'Accepted' }
  }
  let seqNo = 0
  return {
    csms,
    station,
    answers,
    served,
    send: (action: string, payload: object) => csms.commander.send('CS1', action, payload),
    set(evseId: number, chargingProfile: object) {
      return this.send('SetChargingProfile', { evseId, chargingProfile })
    },
    transaction: (eventType: string, info: object = {}) =>
      station.ask('TransactionEvent', {
        eventType,
        seqNo: seqNo++,
        timestamp: now,
        triggerReason: 'Authorized',
        transactionInfo: { transactionId: 'TX1', ...info },
        evse: { id: 1, connectorId: 1 },
      }),
    get record() {
      const record = csms.store.stations.get('CS1')
      if (!record) throw new Error('CS1 is not known')
      return record
    },
    get known() {
      return (this.record.chargingProfiles ?? []).map((one) => [
        one.evseId,
        'id' in one.profile ? one.profile.id : undefined,
        one.transactionId,
      ])
    },
    composite(place: number) {
      const found = csms.gateway.station('CS1')
      if (!found) throw new Error('CS1 is not known')
      const asked = { place, duration: 3600, unit: 'W', voltage: 230 } as const
      return compositeView(csms.domain, found, asked).chargingSchedulePeriod
    },
    settled: () => csms.clock.run(0),
    /** As the operator's API shows it. */
    part(name: PartName, query: PartQuery = {}) {
      const found = csms.gateway.station('CS1')
      if (!found) throw new Error('CS1 is not known')
      return stationParts[name].view({ station: found, domain: csms.domain }, query)
    },
  }
}

describe.each(versions)('what is known of the charging profiles of a %s station', (version) => {
  test('[2.0.1 K01] what it accepted is kept, what it rejected is not; an id is there once', async () => {
    const bench = await booted(version)
    await bench.set(1, profile())
    await bench.set(1, profile({ id: 2, stackLevel: 1 }, 5000))
    await bench.set(2, profile())
    bench.answers['SetChargingProfile'] = { status: 'Rejected' }
    await bench.set(1, profile({ id: 3 }))
    expect(bench.known).toEqual([
      [1, 2, undefined],
      [2, 1, undefined],
    ])
    expect(bench.composite(1)).toEqual([{ startPeriod: 0, limit: 5000, numberPhases: 3 }])
    expect(bench.composite(2)).toEqual([{ startPeriod: 0, limit: 6900, numberPhases: 3 }])
    expect(bench.composite(0)).toEqual([{ startPeriod: 0, numberPhases: 3 }])
  })

  test('[2.0.1 K10] what was cleared is forgotten, limits of others are not', async () => {
    const bench = await booted(version)
    await bench.set(1, profile())
    await bench.set(1, profile({ id: 2, stackLevel: 1 }))
    await bench.station.ask('ReportChargingProfiles', {
      requestId: 1,
      evseId: 1,
      chargingLimitSource: 'EMS',
      chargingProfile: [
        profile({ id: -1, chargingProfilePurpose: 'ChargingStationExternalConstraints' }),
      ],
    })
    const chargingProfileCriteria = { evseId: 1, stackLevel: 1 }
    await bench.send('ClearChargingProfile', { chargingProfileCriteria })
    expect(bench.known.map(([, id]) => id)).toEqual([1, -1])
    await bench.send('ClearChargingProfile', {})
    expect(bench.known.map(([, id]) => id)).toEqual([-1])
  })

  test('[2.0.1 K02.FR.05] a TxProfile dies with its transaction', async () => {
    const bench = await booted(version)
    await bench.transaction('Started')
    await bench.set(1, profile({ chargingProfilePurpose: 'TxProfile', transactionId: 'TX1' }))
    expect(bench.known).toEqual([[1, 1, 'TX1']])
    await bench.transaction('Ended')
    expect(bench.known).toEqual([])
  })

  test('[2.0.1 K05] the profile of a remote start goes to the transaction that it begins', async () => {
    const bench = await booted(version)
    await bench.send('RequestStartTransaction', {
      idToken: { idToken: 'T1', type: 'Central' },
      remoteStartId: 42,
      chargingProfile: profile({ chargingProfilePurpose: 'TxProfile' }),
    })
    expect(bench.known).toEqual([[undefined, 1, undefined]])
    await bench.transaction('Started', { remoteStartId: 42 })
    expect(bench.known).toEqual([[1, 1, 'TX1']])
  })

  test('[2.0.1 K09] a report corrects what is known, when its last part has come', async () => {
    const bench = await booted(version)
    await bench.set(1, profile({ id: 1 }))
    await bench.set(1, profile({ id: 2, stackLevel: 1 }))
    await bench.set(2, profile({ id: 3 }))
    await bench.send('GetChargingProfiles', { requestId: 5, evseId: 1, chargingProfile: {} })
    const part = (id: number, tbc: boolean) =>
      bench.station.ask('ReportChargingProfiles', {
        requestId: 5,
        evseId: 1,
        chargingLimitSource: 'CSO',
        chargingProfile: [profile({ id, stackLevel: id })],
        tbc,
      })
    await part(4, true)
    expect(bench.known.map(([, id]) => id)).toEqual([1, 2, 3, 4])
    await part(2, false)
    expect(bench.known.map(([, id]) => id)).toEqual([3, 4, 2])
    bench.answers['GetChargingProfiles'] = { status: 'NoProfiles' }
    await bench.send('GetChargingProfiles', { requestId: 6, chargingProfile: {} })
    expect(bench.known).toEqual([])
  })

  test('[2.0.1 K12, K13] limits of others are remembered until they are cleared', async () => {
    const bench = await booted(version)
    const limit = { chargingLimitSource: 'EMS', isGridCritical: true }
    await bench.station.ask('NotifyChargingLimit', { chargingLimit: limit })
    await bench.station.ask('NotifyChargingLimit', { evseId: 2, chargingLimit: limit })
    expect(bench.record.chargingLimits).toMatchObject([
      { evseId: 0, source: 'EMS', isGridCritical: true, isLocalGeneration: false, since: now },
      { evseId: 2 },
    ])
    await bench.station.ask('ClearedChargingLimit', { chargingLimitSource: 'EMS' })
    expect(bench.record.chargingLimits).toMatchObject([{ evseId: 2 }])
    expect(bench.part('charging-limits')).toEqual(bench.record.chargingLimits)
  })

  test('the operator sees profiles, the schedule of an EVSE, and what EVs told', async () => {
    const bench = await booted(version)
    await bench.set(2, profile())
    expect(bench.part('charging-profiles')).toMatchObject([{ evseId: 2, profile: profile() }])
    expect(bench.part('composite-schedule', { evseId: 2, duration: 60 })).toMatchObject({
      evseId: 2,
      chargingSchedulePeriod: [{ limit: 6900 }],
    })
    await bench.station.ask('NotifyEVChargingNeeds', needs())
    expect(bench.part('ev-charging')).toMatchObject([{ evseId: 1, answer: 'NoChargingProfile' }])
    expect(bench.part('priority-charging')).toEqual([])
  })
})

const needs = (more: object = {}) => ({
  evseId: 1,
  chargingNeeds: {
    requestedEnergyTransfer: 'AC_three_phase',
    departureTime: '2026-01-01T04:00:00Z',
    acChargingParameters: {
      energyAmount: 20_000,
      evMinCurrent: 6,
      evMaxCurrent: 16,
      evMaxVoltage: 400,
    },
    ...more,
  },
})
const plan = (limit: number) => ({
  evseId: 1,
  timeBase: now,
  chargingSchedule: {
    id: 1,
    duration: 3600,
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  },
})

describe.each(versions)('an EV with ISO 15118 at a %s station', (version) => {
  test('[2.0.1 K15.FR.03, FR.07] gets a profile that brings what it needs by its departure', async () => {
    const bench = await booted(version)
    await bench.transaction('Started')
    expect(await bench.station.ask('NotifyEVChargingNeeds', needs())).toEqual({
      status: 'Accepted',
    })
    await bench.settled()
    expect(bench.served).toMatchObject([
      {
        action: 'SetChargingProfile',
        payload: {
          evseId: 1,
          chargingProfile: {
            chargingProfilePurpose: 'TxProfile',
            chargingProfileKind: 'Absolute',
            transactionId: 'TX1',
            chargingSchedule: [
              {
                startSchedule: now,
                duration: 14_400,
                chargingRateUnit: 'W',
                chargingSchedulePeriod: [{ startPeriod: 0, limit: 5000 }],
              },
            ],
          },
        },
      },
    ])
    expect(bench.record.evCharging).toMatchObject([
      { evseId: 1, transactionId: 'TX1', needsAt: now, answer: 'Accepted' },
    ])
    expect(bench.composite(1)).toEqual([{ startPeriod: 0, limit: 5000, numberPhases: 3 }])
  })

  test('[2.1 K18] of ISO 15118-20 tells its power and its energy as V2X parameters', async () => {
    const bench = await booted('ocpp2.1')
    await bench.transaction('Started')
    const v2xChargingParameters = { maxChargePower: 9_000, evTargetEnergyRequest: 20_000 }
    const tell = async (departureTime: string | undefined) => {
      bench.served.length = 0
      await bench.station.ask('NotifyEVChargingNeeds', {
        evseId: 1,
        chargingNeeds: {
          requestedEnergyTransfer: 'AC_three_phase',
          v2xChargingParameters,
          ...(departureTime !== undefined && { departureTime }),
        },
      })
      await bench.settled()
      return bench.served.map(({ payload }) => payload['chargingProfile'])
    }
    const limited = (limit: number) => [
      { chargingSchedule: [{ chargingSchedulePeriod: [{ startPeriod: 0, limit }] }] },
    ]
    expect(await tell(undefined)).toMatchObject(limited(9_000))
    expect(await tell('2026-01-01T04:00:00Z')).toMatchObject(limited(5_000))
  })

  test('[2.0.1 K15.FR.07] is in the latest transaction of its EVSE, though the end of another never came', async () => {
    const bench = await booted(version)
    await bench.transaction('Started', { transactionId: 'LOST' })
    await bench.transaction('Started')
    await bench.station.ask('NotifyEVChargingNeeds', needs())
    await bench.settled()
    expect(bench.served).toMatchObject([{ payload: { chargingProfile: { transactionId: 'TX1' } } }])
  })

  test('[2.0.1 K17] new needs change the same profile', async () => {
    const bench = await booted(version)
    await bench.transaction('Started')
    await bench.station.ask('NotifyEVChargingNeeds', needs())
    await bench.settled()
    await bench.station.ask(
      'NotifyEVChargingNeeds',
      needs({ departureTime: '2026-01-01T02:00:00Z' }),
    )
    await bench.settled()
    expect(bench.known).toHaveLength(1)
    expect(bench.composite(1)).toMatchObject([{ limit: 10_000 }])
  })

  test('[2.0.1 K15.FR.11-13] its plan is Accepted within its limits, else it gets them once more', async () => {
    const bench = await booted(version)
    await bench.transaction('Started')
    await bench.station.ask('NotifyEVChargingNeeds', needs())
    await bench.settled()
    expect(await bench.station.ask('NotifyEVChargingSchedule', plan(5000))).toMatchObject({
      status: 'Accepted',
    })
    bench.served.length = 0
    for (let time = 0; time < 5; time += 1) {
      expect(await bench.station.ask('NotifyEVChargingSchedule', plan(7000))).toMatchObject({
        status: 'Rejected',
      })
      await bench.settled()
    }
    expect(bench.served.map(({ action }) => action)).toEqual(Array(3).fill('SetChargingProfile'))
    expect(bench.record.evCharging).toMatchObject([
      { scheduleStatus: 'Rejected', renegotiations: 3 },
    ])
  })

  test('[2.0.1 K15.FR.04] without a transaction there is nothing to make a profile for', async () => {
    const bench = await booted(version)
    expect(await bench.station.ask('NotifyEVChargingNeeds', needs())).toEqual({
      status: version === 'ocpp2.1' ? 'NoChargingProfile' : 'Rejected',
    })
    await bench.settled()
    expect(bench.served).toEqual([])
  })
})

describe('what only 2.1 knows', () => {
  test('[2.1 K19] an EV in dynamic control gets a Dynamic profile', async () => {
    const bench = await booted('ocpp2.1')
    await bench.transaction('Started')
    await bench.station.ask('NotifyEVChargingNeeds', needs({ controlMode: 'DynamicControl' }))
    await bench.settled()
    const { chargingProfile } = bench.served[0]?.payload ?? {}
    expect(chargingProfile).toMatchObject({ chargingProfileKind: 'Dynamic' })
    expect(
      (chargingProfile as { chargingSchedule: object[] }).chargingSchedule[0],
    ).not.toHaveProperty('startSchedule')
  })

  test('[2.1 K01.FR.80] ids that a station keeps for others are not taken', async () => {
    const bench = await booted('ocpp2.1')
    await bench.send('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' })
    await bench.station.ask('NotifyReport', {
      requestId: 1,
      generatedAt: now,
      seqNo: 0,
      reportData: [
        {
          component: { name: 'SmartChargingCtrlr' },
          variable: { name: 'MaxExternalConstraintsId' },
          variableAttribute: [{ value: '500000' }],
        },
      ],
    })
    await bench.transaction('Started')
    await bench.station.ask('NotifyEVChargingNeeds', needs())
    await bench.settled()
    expect(bench.known).toEqual([[1, 500_001, 'TX1']])
  })

  test('[2.1 K28] a station that asks gets the values that were set last', async () => {
    const bench = await booted('ocpp2.1')
    const pull = () => bench.station.ask('PullDynamicScheduleUpdate', { chargingProfileId: 1 })
    expect(await pull()).toMatchObject({ status: 'Rejected' })
    await bench.set(1, profile({ chargingProfileKind: 'Dynamic' }))
    expect(await pull()).toEqual({ status: 'Accepted', scheduleUpdate: { limit: 6900 } })
    await bench.send('UpdateDynamicSchedule', {
      chargingProfileId: 1,
      scheduleUpdate: { limit: 4200 },
    })
    expect(await pull()).toEqual({ status: 'Accepted', scheduleUpdate: { limit: 4200 } })
    expect(bench.composite(1)).toMatchObject([{ limit: 4200 }])
  })

  test('[2.1 K21, K22] priority changes what is known to hold', async () => {
    const bench = await booted('ocpp2.1')
    await bench.set(0, profile({}, 4200))
    await bench.set(0, profile({ id: 2, chargingProfilePurpose: 'PriorityCharging' }, 10_000))
    await bench.transaction('Started')
    expect(bench.composite(1)).toMatchObject([{ limit: 4200 }])
    await bench.send('UsePriorityCharging', { transactionId: 'TX1', activate: true })
    expect(bench.composite(1)).toMatchObject([{ limit: 10_000 }])
    await bench.station.ask('NotifyPriorityCharging', { transactionId: 'TX1', activated: false })
    expect(bench.record.priorityCharging).toEqual([])
    expect(bench.composite(1)).toMatchObject([{ limit: 4200 }])
  })

  test('[2.1 K27] local generation adds', async () => {
    const bench = await booted('ocpp2.1')
    await bench.set(1, profile({}, 6000))
    const sun = { id: 2, chargingProfilePurpose: 'LocalGeneration', chargingProfileKind: 'Dynamic' }
    await bench.set(0, profile(sun, 2000))
    expect(bench.composite(1)).toMatchObject([{ limit: 8000 }])
  })

  test('[2.1 K01.FR.90] schedules in local time begin by the offset that the station told', async () => {
    const bench = await booted('ocpp2.1')
    const [schedule] = profile().chargingSchedule
    const local = { ...schedule, useLocalTime: true, startSchedule: '2026-01-01T02:30:00Z' }
    await bench.set(0, profile({ chargingProfileKind: 'Absolute', chargingSchedule: [local] }))
    expect(bench.composite(1).map(({ startPeriod }) => startPeriod)).toEqual([0])
    const offset = { component: { name: 'ClockCtrlr' }, variable: { name: 'TimeOffset' } }
    bench.answers['GetVariables'] = {
      getVariableResult: [{ ...offset, attributeStatus: 'Accepted', attributeValue: '+02:00' }],
    }
    await bench.send('GetVariables', { getVariableData: [offset] })
    expect(bench.composite(1)).toMatchObject([
      { startPeriod: 0 },
      { startPeriod: 1800, limit: 6900 },
    ])
  })
})
