import { describe, expect, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug } from '../lab.ts'
import { Seen } from '../seen.ts'
import { type Lab2x, measured, startLab2x, versions2x } from './lab2x.ts'

/* K. Charging profiles, limits of others, and EVs that speak ISO 15118. */

const watts = (seen: Seen<Actions201>) => measured(seen, 'Power.Active.Import')

/** What was told until now, W. */
const told = (lab: Lab2x) => watts(new Seen<Actions201>(lab.frames, undefined))

const charge = (actor: StationActor) =>
  actor.charge(plug, { forMs: 90_000, meterEveryMs: 60_000 }, cancel)

/** A station that charges and has told its power. */
async function charging(lab: Lab2x): Promise<StationActor> {
  const actor = await lab.connect({ speed: 200 })
  await actor.plugIn(plug, ev)
  await actor.authorize(plug, actor.ownToken, cancel)
  await actor.start(plug, cancel)
  await charge(actor)
  await lab.until('its power', () => (told(lab) === before ? true : undefined))
  return actor
}
const before = 11_000

/** What the meter says after an exchange that changes it. */
const falls = (from: number) => (seen: Seen<Actions201>) => {
  const now = watts(seen)
  return now !== undefined && now < from
    ? `Power.Active.Import falls from ${from} W to ${now} W in the next reading`
    : undefined
}
const rises = (from: number) => (seen: Seen<Actions201>) => {
  const now = watts(seen)
  return now !== undefined && now > from
    ? `Power.Active.Import rises from ${from} W to ${now} W in the next reading`
    : undefined
}

const chargingProfile = {
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile' as const,
  chargingProfileKind: 'Relative' as const,
  chargingSchedule: [
    {
      id: 1,
      chargingRateUnit: 'W' as const,
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 7000 }],
    },
  ] satisfies [object],
}
const profile = { evseId: 1, chargingProfile }

interface ProfileRow {
  readonly evseId: number
  readonly source?: string
  readonly profile: { readonly id: number; readonly chargingProfilePurpose: string }
}
const profileRows = (lab: Lab2x) => lab.known<readonly ProfileRow[]>('charging-profiles')

async function profileOfEms(lab: Lab2x): Promise<string | undefined> {
  const row = (await profileRows(lab))?.find(({ source }) => source === 'EMS')
  return (
    row &&
    `${row.profile.chargingProfilePurpose} of EMS at EVSE ${row.evseId} is among the profiles`
  )
}

interface LimitRow {
  readonly evseId: number
  readonly source: string
}
const limitRows = (lab: Lab2x) => lab.known<readonly LimitRow[]>('charging-limits')

const limitedByEms = {
  kind: 'limited',
  evse: 1,
  source: 'EMS',
  watts: 5000,
  gridCritical: false,
  generation: false,
} as const

interface EvRow {
  readonly needs?: { readonly requestedEnergyTransfer: string }
  readonly scheduleStatus?: string
}
const evRow = async (lab: Lab2x) => (await lab.known<readonly EvRow[]>('ev-charging'))?.[0]

/** Its EV wants 50 kWh within ten hours. */
async function chargingByPlan(lab: Lab2x): Promise<StationActor> {
  const actor = await lab.connect({ speed: 120 })
  const needs = {
    energyWh: 50_000,
    departureMs: 36_000_000,
    maxScheduleTuples: 8,
    control: undefined,
  }
  await actor.plugIn(plug, { ...ev, needs })
  await actor.authorize(plug, actor.ownToken, cancel)
  await actor.start(plug, cancel)
  return actor
}
const chargeByPlan = (actor: StationActor) =>
  actor.charge(plug, { forMs: 70_000, meterEveryMs: 30_000 }, cancel)

const kilowatts = (limit: number) => `${(limit / 1000).toFixed(1)} kW`

interface MessageRow {
  readonly action: string
  readonly messageType: number
  readonly text: string
}

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'smart-charging')

  test('[2.0.1 K01, K08, K10] Set, GetCompositeSchedule, Clear', async () => {
    await using lab = await startLab2x(version)
    const actor = await charging(lab)
    await evidence.shows(lab, 'SetChargingProfile', {
      call: () => lab.command('SetChargingProfile', profile),
      station: {
        clause: '2.0.1 K01',
        afterwards: () => charge(actor),
        effect: falls(before),
      },
      csms: {
        clause: '2.0.1 K01',
        async effect() {
          const [row] = (await profileRows(lab)) ?? []
          const { id, chargingProfilePurpose } = row?.profile ?? {}
          return row && `profile ${id}, ${chargingProfilePurpose}, is stored`
        },
      },
    })
    const question = { evseId: 1, duration: 600, chargingRateUnit: 'W' as const }
    await evidence.shows(lab, 'GetCompositeSchedule', {
      call: () => lab.command('GetCompositeSchedule', question),
      station: {
        clause: '2.0.1 K08.FR.02',
        afterwards: () => charge(actor),
        effect(seen) {
          const { schedule } = seen.answer('GetCompositeSchedule') ?? {}
          const limit = schedule?.chargingSchedulePeriod[0]?.limit
          return limit !== undefined && watts(seen) === limit
            ? `it does as it told: ${limit} W in the schedule, ${limit} W in the next reading`
            : undefined
        },
      },
      csms: {
        clause: '2.0.1 K08',
        async effect() {
          const messages = (await lab.known<readonly MessageRow[]>('messages')) ?? []
          const row = messages.find(
            ({ action, messageType }) => action === 'GetCompositeSchedule' && messageType === 3,
          )
          const limit = row && /"limit":(\d+)/.exec(row.text)?.[1]
          return limit && `the operator reads the schedule in the log of messages: ${limit} W`
        },
      },
    })
    await evidence.shows(lab, 'ClearChargingProfile', {
      call: () => lab.command('ClearChargingProfile', { chargingProfileId: 1 }),
      station: {
        clause: '2.0.1 K10.FR.01',
        afterwards: () => charge(actor),
        effect: rises(7000),
      },
      csms: {
        clause: '2.0.1 K10',
        async effect() {
          const known = await profileRows(lab)
          return known?.length === 0 ? 'profile 1 is no longer stored' : undefined
        },
      },
    })
  })

  test('[2.0.1 K09] GetChargingProfiles', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    await lab.command('SetChargingProfile', profile)
    await actor.act(plug, limitedByEms)
    const ask = (requestId: number) =>
      lab.command('GetChargingProfiles', {
        requestId,
        chargingProfile: { chargingLimitSource: [requestId === 1 ? 'SO' : 'EMS'] },
      })
    expect(await ask(1)).toMatchObject({ status: 'NoProfiles' })
    await evidence.shows(lab, 'GetChargingProfiles', {
      call: () => ask(2),
      station: {
        clause: '2.0.1 K09.FR.03',
        effect(seen) {
          const [report] = seen.calls('ReportChargingProfiles')
          return report && `it reports what was asked for: ${report.chargingLimitSource}`
        },
      },
      csms: { clause: '2.0.1 K09', effect: () => profileOfEms(lab) },
    })
  })

  test('[2.0.1 K09] ReportChargingProfiles', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    await lab.command('SetChargingProfile', profile)
    await actor.act(plug, limitedByEms)
    await evidence.shows(lab, 'ReportChargingProfiles', {
      call: () =>
        lab.command('GetChargingProfiles', {
          requestId: 1,
          chargingProfile: { chargingProfilePurpose: 'ChargingStationExternalConstraints' },
        }),
      station: {
        clause: '2.0.1 K09.FR.02',
        afterwards: () => lab.command('GetChargingProfiles', { requestId: 2, chargingProfile: {} }),
        effect(seen) {
          const reports = seen.calls('ReportChargingProfiles')
          const sources = reports.map(({ chargingLimitSource }) => chargingLimitSource)
          return reports.at(-1)?.tbc === false && sources.length === 2
            ? `the next report begins after it, a message for each source: ${sources.join(', ')}`
            : undefined
        },
      },
      csms: { clause: '2.0.1 K09', effect: () => profileOfEms(lab) },
    })
  })

  test('[2.0.1 K11-K13] NotifyChargingLimit and ClearedChargingLimit', async () => {
    await using lab = await startLab2x(version)
    const actor = await charging(lab)
    await evidence.shows(lab, 'NotifyChargingLimit', {
      call: () => actor.act(plug, limitedByEms),
      station: {
        clause: '2.0.1 K12.FR.01',
        afterwards: () => charge(actor),
        effect: falls(before),
      },
      csms: {
        clause: '2.0.1 K12',
        async effect() {
          const [row] = (await limitRows(lab)) ?? []
          return row && `the limit of ${row.source} at EVSE ${row.evseId} is known`
        },
      },
    })
    await evidence.shows(lab, 'ClearedChargingLimit', {
      call: () => actor.act(plug, { kind: 'limitCleared', evse: 1, source: 'EMS' }),
      station: {
        clause: '2.0.1 K13.FR.01',
        afterwards: () => charge(actor),
        effect: rises(5000),
      },
      csms: {
        clause: '2.0.1 K13',
        async effect() {
          const rows = await limitRows(lab)
          return rows?.length === 0 ? 'no limit of others is known any more' : undefined
        },
      },
    })
  })

  test('[2.0.1 K15] NotifyEVChargingNeeds', async () => {
    await using lab = await startLab2x(version)
    const plan: { actor?: StationActor } = {}
    await evidence.shows(lab, 'NotifyEVChargingNeeds', {
      call: async () => {
        plan.actor = await chargingByPlan(lab)
      },
      csms: {
        clause: '2.0.1 K15.FR.07',
        effect(seen) {
          const [call] = seen.calls('SetChargingProfile')
          const { chargingProfilePurpose, chargingSchedule } = call?.chargingProfile ?? {}
          const limit = chargingSchedule?.[0]?.chargingSchedulePeriod[0]?.limit
          return limit !== undefined
            ? `a ${chargingProfilePurpose} of ${kilowatts(limit)}: 50 kWh in ten hours`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 K15.FR.09',
        afterwards: () => plan.actor && chargeByPlan(plan.actor),
        effect(seen) {
          const now = watts(seen)
          return now !== undefined && now > 0
            ? `its EV, which takes up to 11 kW, charges with ${kilowatts(now)}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 K15] NotifyEVChargingSchedule', async () => {
    await using lab = await startLab2x(version)
    const plan: { actor?: StationActor } = {}
    await evidence.shows(lab, 'NotifyEVChargingSchedule', {
      call: async () => {
        plan.actor = await chargingByPlan(lab)
      },
      csms: {
        clause: '2.0.1 K15.FR.11',
        async effect() {
          const row = await evRow(lab)
          return row?.scheduleStatus && `the plan of the EV is kept: ${row.scheduleStatus}`
        },
      },
      station: {
        clause: '2.0.1 K15.FR.10',
        afterwards: () => plan.actor && chargeByPlan(plan.actor),
        effect(seen) {
          const now = watts(seen)
          return now !== undefined && now > 0
            ? `its EV charges as planned, with ${kilowatts(now)}`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
