import type { Block } from '../block.ts'
import { authorize } from './authorize.ts'

/** Who may charge [2.0.1 C]. */
export const authorization: Block = { letter: 'C', handlers: { Authorize: authorize } }
