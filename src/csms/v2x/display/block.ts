import { acknowledge } from '../acknowledge.ts'
import type { Block } from '../block.ts'

/** What a station shows people [2.0.1 O]. */
export const display: Block = {
  letter: 'O',
  handlers: { NotifyDisplayMessages: acknowledge('NotifyDisplayMessages') },
}
