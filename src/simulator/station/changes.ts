import { type Cancel, Cancelled } from '../../shared/cancel.ts'

/** Lets scripts wait until something holds of a station; whoever changes it says so. */
export class Changes {
  #waiters: Set<() => void> | undefined

  notify(): void {
    if (!this.#waiters) return
    const waiters = this.#waiters
    this.#waiters = undefined
    for (const resolve of waiters) resolve()
  }

  /** Resolves at the next change; rejects with `Cancelled`. */
  next(cancel: Cancel): Promise<void> {
    return new Promise((resolve, reject) => {
      const changed = (): void => {
        forget()
        resolve()
      }
      this.#waiters ??= new Set()
      this.#waiters.add(changed)
      const forget = cancel.onCancel((reason) => {
        this.#waiters?.delete(changed)
        reject(new Cancelled(reason))
      })
    })
  }

  /** Resolves as soon as `holds`; rejects with `Cancelled`. */
  async until(holds: () => boolean, cancel: Cancel): Promise<void> {
    while (!holds()) await this.next(cancel)
  }
}
