import type { Block } from '../block.ts'
import { clearCache } from './clear-cache.ts'

/** Who may charge [2.0.1 C]. */
export const authorization: Block = { letter: 'C', handlers: { ClearCache: clearCache } }
