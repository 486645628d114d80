import type { Rule } from '../rule.ts'
import { noon } from '../shown.ts'
import { profiles2x } from './profile2x.ts'
import { profiles16 } from './profile16.ts'
import { set2x, set16 } from './shown.ts'

const objection = ({
  chargingProfileKind,
  recurrencyKind,
}: {
  readonly chargingProfileKind: string
  readonly recurrencyKind?: string
}) =>
  chargingProfileKind === 'Recurring' && recurrencyKind === undefined
    ? 'a Recurring profile does not say how often it recurs'
    : undefined

const recurring = { chargingProfileKind: 'Recurring', schedule: { startSchedule: noon } }

export const recurrency: Rule = {
  id: 'PROFILE_RECURRENCY',
  title: 'a profile that recurs says how often',
  clause: '1.6 7.8, 2.0.1 Part 2 2.10',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: profiles16(objection),
    breaks: [set16(recurring)],
    nearly: [set16({ ...recurring, recurrencyKind: 'Weekly' })],
  },
  in2x: {
    level: 'SHOULD',
    looks: profiles2x(objection),
    breaks: [set2x(recurring)],
    nearly: [set2x({ ...recurring, recurrencyKind: 'Weekly' })],
  },
}
