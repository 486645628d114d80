import { exitCodes } from '../shared/exit-codes.ts'
import type { CliContext } from './context.ts'
import { Interruption } from './interruption.ts'

/** Whether somebody wants a command to end. */
export interface Ending extends Disposable {
  readonly interrupted: boolean
  /** Calls `fn` when that is so, also where it is already. */
  listen(fn: () => void): void
}

/**
 * From now on the first Ctrl-C says `words` and lets the command end in order; another one leaves at
 * once.
 */
export function endingOf(ctx: CliContext, words: string): Ending {
  let interrupted = false
  const interruption = new Interruption({
    stopping() {
      interrupted = true
      ctx.stderr.write(`${words}\n`)
    },
    leave: () => ctx.leave(exitCodes.interrupted),
  })
  const stop = ctx.onInterrupt((signal) => interruption.press(signal))
  return {
    get interrupted() {
      return interrupted
    },
    listen: (fn) => interruption.listen(fn),
    [Symbol.dispose]: stop,
  }
}
