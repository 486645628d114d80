import type { Objection, Rule } from '../rule.ts'
import { noon } from '../shown.ts'
import { profiles2x } from './profile2x.ts'
import { profiles16 } from './profile16.ts'
import { set2x, set16 } from './shown.ts'

function objection(kind: string, startSchedule: string | undefined): Objection {
  if (kind === 'Relative' && startSchedule !== undefined) {
    return 'a Relative schedule starts with the transaction, and has a startSchedule'
  }
  if ((kind === 'Absolute' || kind === 'Recurring') && startSchedule === undefined) {
    return `${kind === 'Absolute' ? 'an Absolute' : 'a Recurring'} schedule has no startSchedule`
  }
  return undefined
}

export const scheduleStart: Rule = {
  id: 'PROFILE_START_SCHEDULE',
  title: 'Absolute and Recurring schedules say when they start, Relative ones do not',
  clause: '1.6 3.13, 7.13, 2.0.1 K01.FR.40, K01.FR.41',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: profiles16(({ chargingProfileKind, chargingSchedule }) =>
      objection(chargingProfileKind, chargingSchedule.startSchedule),
    ),
    breaks: [set16({ chargingProfileKind: 'Absolute' })],
    nearly: [set16({ chargingProfileKind: 'Absolute', schedule: { startSchedule: noon } })],
  },
  in2x: {
    level: 'MUST',
    looks: profiles2x(({ chargingProfileKind, chargingSchedule }) => {
      for (const { startSchedule } of chargingSchedule) {
        const wrong = objection(chargingProfileKind, startSchedule)
        if (wrong !== undefined) return wrong
      }
      return undefined
    }),
    breaks: [set2x({ schedule: { startSchedule: noon } })],
    nearly: [
      set2x({
        chargingProfileKind: 'Recurring',
        recurrencyKind: 'Daily',
        schedule: { startSchedule: noon },
      }),
    ],
  },
}
