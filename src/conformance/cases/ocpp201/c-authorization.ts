import type { ConformanceCase } from '../case.ts'
import { oneOf, value } from '../values.ts'
import { call, case201 } from './moves201.ts'
import { booted201 } from './states201.ts'

/** C. Authorization. */
export const authorization201: readonly ConformanceCase[] = [
  case201({
    id: 'C_02',
    title: 'A token that nobody knows is not accepted',
    profile: 'Core',
    moves: [
      ...booted201,
      call(
        'Authorize',
        { idToken: { idToken: value('invalidToken'), type: value('tokenType') } },
        {
          expect: { idTokenInfo: { status: oneOf('Invalid', 'Unknown') } },
          clause: '2.0.1 C01.FR.07',
        },
      ),
    ],
  }),
]
