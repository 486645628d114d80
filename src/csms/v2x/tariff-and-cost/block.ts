import type { Block } from '../block.ts'
import { costEffects, tariffEffects } from './effects.ts'

/** What charging costs [2.0.1 I]: in the answers to TransactionEvents, and in what stations are told. */
export const tariffAndCost: Block = {
  letter: 'I',
  effects: costEffects,
  effects21: tariffEffects,
}
