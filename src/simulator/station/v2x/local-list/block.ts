import type { Block } from '../block.ts'
import { getLocalListVersion } from './get-local-list-version.ts'
import { sendLocalList } from './send-local-list.ts'

/** Whom the station knows without asking [2.0.1 D]. */
export const localList: Block = {
  letter: 'D',
  handlers: { GetLocalListVersion: getLocalListVersion, SendLocalList: sendLocalList },
}
