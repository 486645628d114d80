import type { Block } from '../block.ts'
import { localListEffects } from './effects.ts'

/** Whom stations know without asking [2.0.1 D]. */
export const localList: Block = { letter: 'D', effects: localListEffects }
