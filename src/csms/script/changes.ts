import { type Cancel, Cancelled } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'

/** Tells whoever waits that something happened at a station. */
export class Changes {
  readonly #listeners = new Set<() => void>()

  tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /**
   * What `look` finds, now or after a change; undefined when `ms` of real time are over. Rejects with
   * `Cancelled`.
   */
  until<Found>(
    look: () => Found | undefined,
    { clock, ms, cancel }: { readonly clock: Clock; readonly ms: number; readonly cancel: Cancel },
  ): Promise<Found | undefined> {
    const now = look()
    if (now !== undefined) return Promise.resolve(now)
    return new Promise((resolve, reject) => {
      const stops: (() => void)[] = []
      const finish = (end: () => void): void => {
        for (const stop of stops) stop()
        end()
      }
      const listener = (): void => {
        const found = look()
        if (found !== undefined) finish(() => resolve(found))
      }
      this.#listeners.add(listener)
      stops.push(
        () => this.#listeners.delete(listener),
        clock.after(Math.max(0, ms), () => finish(() => resolve(undefined))),
      )
      // Last: it calls back at once where the script has been cancelled already.
      stops.push(cancel.onCancel((reason) => finish(() => reject(new Cancelled(reason)))))
    })
  }
}
