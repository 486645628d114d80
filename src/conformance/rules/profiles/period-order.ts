import type { Objection, Rule } from '../rule.ts'
import { profiles2x } from './profile2x.ts'
import { profiles16 } from './profile16.ts'
import { set2x, set16 } from './shown.ts'

interface Period {
  readonly startPeriod: number
}

function objection(periods: readonly Period[]): Objection {
  for (let at = 1; at < periods.length; at += 1) {
    const [before, after] = [periods[at - 1]?.startPeriod ?? 0, periods[at]?.startPeriod ?? 0]
    if (after <= before) return `a period that starts at ${after} s follows one at ${before} s`
  }
  return undefined
}

const starting = (...starts: readonly number[]) => ({
  schedule: {
    chargingSchedulePeriod: starts.map((startPeriod) => ({ startPeriod, limit: 16 })),
  },
})

export const periodOrder: Rule = {
  id: 'PROFILE_PERIOD_ORDER',
  title: 'the periods of a schedule follow each other in time',
  clause: '1.6 7.14, 2.0.1 K01.FR.35',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: profiles16(({ chargingSchedule }) => objection(chargingSchedule.chargingSchedulePeriod)),
    breaks: [set16(starting(0, 600, 300))],
    nearly: [set16(starting(0, 300, 600))],
  },
  in2x: {
    level: 'MUST',
    looks: profiles2x(({ chargingSchedule }) => {
      for (const { chargingSchedulePeriod } of chargingSchedule) {
        const wrong = objection(chargingSchedulePeriod)
        if (wrong !== undefined) return wrong
      }
      return undefined
    }),
    breaks: [set2x(starting(0, 300, 300))],
    nearly: [set2x(starting(0, 300, 301))],
  },
}
