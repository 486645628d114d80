import { profileRank2x } from '../memory/signs2x.ts'
import { msOr } from '../memory/time.ts'
import type { Rule } from '../rule.ts'
import { set2x } from './shown.ts'

export const rankTaken2x: Rule = {
  id: 'PROFILE_RANK_TAKEN',
  title: 'no two profiles have purpose, stack level and EVSE or transaction in common',
  clause: '2.0.1 K01.FR.06, K01.FR.39',
  judges: 'csms',
  in2x: {
    level: 'MUST',
    looks: {
      SetChargingProfile: {
        asked: ({ evseId, chargingProfile }, { profiles }) => {
          const rank = profileRank2x(evseId, chargingProfile)
          const fromMs = msOr(chargingProfile.validFrom, Number.NEGATIVE_INFINITY)
          const toMs = msOr(chargingProfile.validTo, Number.POSITIVE_INFINITY)
          for (const other of profiles.values()) {
            if (other.id === chargingProfile.id || other.rank !== rank) continue
            if (other.fromMs >= toMs || fromMs >= other.toMs) continue
            return `profile ${chargingProfile.id} has the rank of profile ${other.id} (${rank})`
          }
          return undefined
        },
      },
    },
    breaks: [set2x(), set2x({ id: 2 })],
    nearly: [
      set2x({ validTo: '2026-05-02T00:00:00Z' }),
      set2x({ id: 2, validFrom: '2026-05-02T00:00:00Z' }),
      set2x({ id: 3, stackLevel: 1 }),
    ],
  },
}
