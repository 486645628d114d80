import type { Rule } from '../rule.ts'
import { profiles2x } from './profile2x.ts'
import { set2x } from './shown.ts'

const phases = (numberPhases: number) => ({
  schedule: {
    chargingSchedulePeriod: [{ startPeriod: 0, limit: 16, numberPhases, phaseToUse: 2 }],
  },
})

export const phaseToUse2x: Rule = {
  id: 'PROFILE_PHASE_TO_USE',
  title: 'a period names its phase only where it charges on one',
  clause: '2.0.1 K01.FR.19',
  judges: 'csms',
  in2x: {
    level: 'MUST',
    looks: profiles2x(({ chargingSchedule }) => {
      for (const { chargingSchedulePeriod } of chargingSchedule) {
        const wrong = chargingSchedulePeriod.find(
          // Three phases are meant where nothing is said.
          ({ phaseToUse, numberPhases = 3 }) => phaseToUse !== undefined && numberPhases !== 1,
        )
        if (wrong) return `phase ${wrong.phaseToUse} is to be used of ${wrong.numberPhases ?? 3}`
      }
      return undefined
    }),
    breaks: [set2x(phases(3))],
    nearly: [set2x(phases(1))],
  },
}
