import type { Block } from '../block.ts'
import { dataTransfer as handler } from './data-transfer.ts'
import { dataTransferEffects } from './effects.ts'

/** What vendors agreed on among themselves [2.0.1 P]. */
export const dataTransfer: Block = {
  letter: 'P',
  handlers: { DataTransfer: handler },
  effects: dataTransferEffects,
}
