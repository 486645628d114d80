import type { Rule } from '../rule.ts'
import { profiles2x } from './profile2x.ts'
import { profiles16 } from './profile16.ts'
import { set2x, set16 } from './shown.ts'

interface Period {
  readonly startPeriod: number
}

const objection = (first: Period | undefined) =>
  first && first.startPeriod !== 0
    ? `the first period of a schedule starts at ${first.startPeriod} s`
    : undefined

const late = { schedule: { chargingSchedulePeriod: [{ startPeriod: 60, limit: 16 }] } }

export const firstPeriod: Rule = {
  id: 'PROFILE_FIRST_PERIOD',
  title: 'the first period of a schedule starts with it, at 0',
  clause: '1.6 7.14, 2.0.1 K01.FR.31',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: profiles16(({ chargingSchedule }) =>
      objection(chargingSchedule.chargingSchedulePeriod[0]),
    ),
    breaks: [set16(late)],
    nearly: [set16()],
  },
  in2x: {
    level: 'MUST',
    looks: profiles2x(({ chargingSchedule }) => {
      for (const { chargingSchedulePeriod } of chargingSchedule) {
        const wrong = objection(chargingSchedulePeriod[0])
        if (wrong !== undefined) return wrong
      }
      return undefined
    }),
    breaks: [set2x(late)],
    nearly: [set2x()],
  },
}
