import type { Block } from '../block.ts'
import { displayEffects } from './effects.ts'
import { notifyDisplayMessages } from './notify-display-messages.ts'

/** What a station shows people [2.0.1 O]. */
export const display: Block = {
  letter: 'O',
  handlers: { NotifyDisplayMessages: notifyDisplayMessages },
  effects: displayEffects,
}
