import { test } from 'vitest'
import type { RequestOf } from '../../../src/ocpp/rpc/service.ts'
import type { Actions21 } from '../../../src/ocpp/v21/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug } from '../lab.ts'
import { Seen } from '../seen.ts'
import { type Lab21, measured, startLab21 } from './lab2x.ts'

/* K. What 2.1 adds: profiles that are updated, and priority. */

const evidence = new Evidence<Actions21>('ocpp2.1', 'smart-charging-21')

const watts = (seen: Seen<Actions21>) => measured(seen, 'Power.Active.Import')
const told = (lab: Lab21) => watts(new Seen<Actions21>(lab.frames, undefined))

const charge = (actor: StationActor) =>
  actor.charge(plug, { forMs: 90_000, meterEveryMs: 60_000 }, cancel)

type Profile = RequestOf<Actions21, 'SetChargingProfile'>['chargingProfile']

const profileOf = (limit: number, more: Partial<Profile> = {}, duration?: number): Profile => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Dynamic',
  ...more,
  chargingSchedule: [
    {
      id: 1,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit }],
      ...(duration !== undefined && { duration }),
    },
  ],
})
const set = (lab: Lab21, chargingProfile: Profile) =>
  lab.command('SetChargingProfile', { evseId: 1, chargingProfile })

/** A station that charges and has told that its power is this. */
async function charging(lab: Lab21, powerW: number): Promise<StationActor> {
  const actor = await lab.connect({ speed: 200 })
  await set(lab, profileOf(5000))
  await set(lab, priority)
  await actor.plugIn(plug, ev)
  await actor.authorize(plug, actor.ownToken, cancel)
  await actor.start(plug, cancel)
  await charge(actor)
  await lab.until('its power', () => (told(lab) === powerW ? true : undefined))
  return actor
}
const priority = profileOf(10_000, {
  id: 2,
  chargingProfilePurpose: 'PriorityCharging',
  chargingProfileKind: 'Relative',
})

const becomes = (from: number) => (seen: Seen<Actions21>) => {
  const now = watts(seen)
  return now !== undefined && now !== from
    ? `Power.Active.Import goes from ${from} W to ${now} W in the next reading`
    : undefined
}

async function hasPriority(lab: Lab21): Promise<string | undefined> {
  const transactions = (await lab.known<readonly string[]>('priority-charging')) ?? []
  return transactions.length === 1 ? 'the transaction is one that has priority' : undefined
}

interface ProfileRow {
  readonly profile: Profile
}
async function stored(lab: Lab21, id: number): Promise<Profile | undefined> {
  const rows = (await lab.known<readonly ProfileRow[]>('charging-profiles')) ?? []
  return rows.find(({ profile }) => profile.id === id)?.profile
}

test('[2.1 K28] UpdateDynamicSchedule', async () => {
  await using lab = await startLab21()
  const actor = await charging(lab, 5000)
  const update = { chargingProfileId: 1, scheduleUpdate: { limit: 7000 } }
  await evidence.shows(lab, 'UpdateDynamicSchedule', {
    call: () => lab.command('UpdateDynamicSchedule', update),
    station: { clause: '2.1 K28.FR.06', afterwards: () => charge(actor), effect: becomes(5000) },
    csms: {
      clause: '2.1 K28',
      async effect() {
        const [schedule] = (await stored(lab, 1))?.chargingSchedule ?? []
        const limit = schedule?.chargingSchedulePeriod[0]?.limit
        return limit === 7000 ? `profile 1 is stored with ${limit} W` : undefined
      },
    },
  })
})

test('[2.1 K21, K22] UsePriorityCharging and NotifyPriorityCharging', async () => {
  await using lab = await startLab21()
  const actor = await charging(lab, 5000)
  const transactionId = String(actor.variable('transactionId', plug))
  const use = (activate: boolean) => lab.command('UsePriorityCharging', { transactionId, activate })
  await evidence.shows(lab, 'UsePriorityCharging', {
    call: () => use(true),
    station: { clause: '2.1 K21', afterwards: () => charge(actor), effect: becomes(5000) },
    csms: { clause: '2.1 K21', effect: () => hasPriority(lab) },
  })
  await use(false)
  await charge(actor)
  await lab.until('its power', () => (told(lab) === 5000 ? true : undefined))
  await evidence.shows(lab, 'NotifyPriorityCharging', {
    call: () => actor.act(plug, { kind: 'priority', on: true }),
    station: { clause: '2.1 K22', afterwards: () => charge(actor), effect: becomes(5000) },
    csms: { clause: '2.1 K22', effect: () => hasPriority(lab) },
  })
})

test('[2.1 K28] PullDynamicScheduleUpdate', async () => {
  await using lab = await startLab21()
  const actor = await charging(lab, 5000)
  await lab.command('ClearChargingProfile', { chargingProfileId: 1 })
  await charge(actor)
  await lab.until('its power', () => (told(lab) === 11_000 ? true : undefined))
  // An hour old, it counts only once there is news of it: the station asks for some.
  const dynUpdateTime = new Date(Date.now() - 3_600_000).toISOString()
  const lapsed = profileOf(5000, { dynUpdateInterval: 120, dynUpdateTime }, 1800)
  await evidence.shows(lab, 'PullDynamicScheduleUpdate', {
    call: () => set(lab, lapsed),
    station: {
      clause: '2.1 K28.FR.10, FR.13',
      afterwards: () => charge(actor),
      effect: becomes(11_000),
    },
    csms: {
      clause: '2.1 K28.FR.07',
      async effect() {
        const { dynUpdateTime: updated = dynUpdateTime } = (await stored(lab, 1)) ?? {}
        return updated > dynUpdateTime ? 'profile 1 is stored as updated anew' : undefined
      },
    },
  })
})

test('what was seen is written down', () => evidence.isWrittenDown())
