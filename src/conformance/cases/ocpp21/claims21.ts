import type { ConformanceCase } from '../case.ts'

type Claiming = Pick<ConformanceCase, 'profile' | 'feature'>

/** Profiles of 2.0.1 that are features of Core in 2.1, one to be claimed for each [2.1 Part 5 3.2]. */
const featuresOfCore: Readonly<Record<string, string>> = {
  'Local Auth List': 'LA-0',
  'Advanced Device Management': 'DM-0',
  Reservation: 'R-0',
  'Advanced UI': 'UI-0',
}

/**
 * What a CSMS of 2.1 has to claim for a case that is in a profile of 2.0.1. Features that name their
 * profile no longer have the C of conditional: `C-LA-2` is `LA-0 and LA-2`.
 */
export function claimed21({ profile, feature }: Claiming): Claiming {
  const ofCore = featuresOfCore[profile]
  const wanted = [ofCore, feature?.replace(/^C-(?=[A-Z])/, '')].filter((one) => one !== undefined)
  return {
    profile: ofCore === undefined ? profile : 'Core',
    ...(wanted.length > 0 && { feature: wanted.join(' and ') }),
  }
}
