import { expect, test } from 'vitest'
import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, ev, plug } from '../lab.ts'
import { Seen } from '../seen.ts'
import { type Lab16, startLab16, watts } from './lab16.ts'

/* Charging profiles, between a real station that charges and a real management system. */

const smart = new Evidence<Actions16>('ocpp1.6', 'smart-charging')

const csChargingProfiles = {
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile' as const,
  chargingProfileKind: 'Relative' as const,
  chargingSchedule: {
    chargingRateUnit: 'W' as const,
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 7000 }],
  },
}
const profile = { connectorId: 1, csChargingProfiles }

/** A station that charges and has told its power. */
async function charging(lab: Lab16): Promise<StationActor> {
  const actor = await lab.connect({ speed: 200 })
  await actor.plugIn(plug, ev)
  await actor.start(plug, cancel)
  await charge(actor)
  await lab.until('its power', () => told(lab))
  return actor
}

const charge = (actor: StationActor) =>
  actor.charge(plug, { forMs: 90_000, meterEveryMs: 60_000 }, cancel)

/** What was told until now, W. */
const told = (lab: Lab16): number | undefined => watts(new Seen<Actions16>(lab.frames, undefined))

interface ProfileRow {
  readonly profile: { readonly chargingProfileId: number; readonly chargingProfilePurpose: string }
}

const rows = (lab: Lab16) => lab.known<readonly ProfileRow[]>('charging-profiles')

test('[1.6 5.16] SetChargingProfile', async () => {
  await using lab = await startLab16()
  const actor = await charging(lab)
  const before = 11_000
  expect(told(lab)).toBe(before)
  await smart.shows(lab, 'SetChargingProfile', {
    call: () => lab.command('SetChargingProfile', profile),
    station: {
      clause: '1.6 3.13, 5.16',
      afterwards: () => charge(actor),
      effect(seen) {
        const now = watts(seen)
        return now !== undefined && now < before
          ? `Power.Active.Import falls from ${before} W to ${now} W in the next MeterValues`
          : undefined
      },
    },
    csms: {
      clause: '1.6 5.16',
      async effect() {
        const [row] = (await rows(lab)) ?? []
        const { chargingProfileId, chargingProfilePurpose } = row?.profile ?? {}
        return row && `profile ${chargingProfileId}, ${chargingProfilePurpose}, is stored`
      },
    },
  })
})

test('[1.6 5.5] ClearChargingProfile', async () => {
  await using lab = await startLab16()
  const actor = await charging(lab)
  await lab.command('SetChargingProfile', profile)
  await charge(actor)
  const before = 7000
  await lab.until('the limit', () => (told(lab) === before ? true : undefined))
  await smart.shows(lab, 'ClearChargingProfile', {
    call: () => lab.command('ClearChargingProfile', { id: 1 }),
    station: {
      clause: '1.6 5.5',
      afterwards: () => charge(actor),
      effect(seen) {
        const now = watts(seen)
        return now !== undefined && now > before
          ? `Power.Active.Import rises from ${before} W to ${now} W in the next MeterValues`
          : undefined
      },
    },
    csms: {
      clause: '1.6 5.5',
      async effect() {
        const known = await rows(lab)
        return known?.length === 0 ? 'profile 1 is no longer stored' : undefined
      },
    },
  })
})

interface MessageRow {
  readonly action: string
  readonly messageType: number
  readonly text: string
}

test('[1.6 5.7] GetCompositeSchedule', async () => {
  await using lab = await startLab16()
  const actor = await charging(lab)
  await lab.command('SetChargingProfile', profile)
  const question = { connectorId: 1, duration: 600, chargingRateUnit: 'W' as const }
  await smart.shows(lab, 'GetCompositeSchedule', {
    call: () => lab.command('GetCompositeSchedule', question),
    station: {
      clause: '1.6 5.7',
      afterwards: () => charge(actor),
      effect(seen) {
        const schedule = seen.answer('GetCompositeSchedule')?.chargingSchedule
        const limit = schedule?.chargingSchedulePeriod[0]?.limit
        return limit !== undefined && watts(seen) === limit
          ? `it does as it told: ${limit} W in the schedule, ${watts(seen)} W in the next MeterValues`
          : undefined
      },
    },
    csms: {
      clause: '1.6 5.7',
      async effect() {
        const messages = (await lab.known<readonly MessageRow[]>('messages')) ?? []
        const row = messages.find(
          ({ action, messageType }) => action === 'GetCompositeSchedule' && messageType === 3,
        )
        const [, , answer] = JSON.parse(row?.text ?? '[3, ""]') as [number, string, Schedule?]
        const limit = answer?.chargingSchedule.chargingSchedulePeriod[0]?.limit
        return limit === undefined
          ? undefined
          : `the operator reads the schedule in the log of messages: ${limit} W`
      },
    },
  })
})

interface Schedule {
  readonly chargingSchedule: {
    readonly chargingSchedulePeriod: readonly { readonly limit: number }[]
  }
}

test('docs/reference/ocpp16.md tells what was seen of smart charging', () => smart.isWrittenDown())
