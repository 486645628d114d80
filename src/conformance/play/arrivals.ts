import type { Clock } from '../../shared/clock.ts'
import type { Incoming } from './probe.ts'

/** What comes back after a text that the case made up. */
export type Echo =
  | { readonly kind: 'text'; readonly text: string; readonly frame: number }
  | { readonly kind: 'close'; readonly code: number }

/** CALLs that are kept for moves to come: a CSMS that floods fills no memory. */
const mostKept = 1000

interface Waiter {
  readonly action: string
  took(incoming: Incoming | undefined): void
}

/** What the CSMS sends, until a move of the case takes it. */
export class Arrivals {
  readonly #clock: Clock
  /** CALLs that came before anybody waited for them. */
  readonly #kept: Incoming[] = []
  #waiters: Waiter[] = []
  #listeners: ((echo: Echo) => boolean)[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether somebody takes it, now or later. */
  call(incoming: Incoming, awaited: boolean): boolean {
    const at = this.#waiters.findIndex(({ action }) => action === incoming.action)
    const [waiter] = at < 0 ? [] : this.#waiters.splice(at, 1)
    const isKept = awaited && this.#kept.length < mostKept
    if (waiter) waiter.took(incoming)
    else if (isKept) this.#kept.push(incoming)
    return waiter !== undefined || isKept
  }

  /** The CALLs with this action that came, and that nobody took; nobody will. */
  drop(action: string): readonly Incoming[] {
    const dropped = this.#kept.filter((one) => one.action === action)
    for (const one of dropped) this.#kept.splice(this.#kept.indexOf(one), 1)
    return dropped
  }

  /** The next CALL with this action; undefined where none came in time, or the connection broke. */
  next(action: string, withinMs: number): Promise<Incoming | undefined> {
    const at = this.#kept.findIndex((one) => one.action === action)
    if (at >= 0) return Promise.resolve(this.#kept.splice(at, 1)[0])
    return new Promise((resolve) => {
      const waiter: Waiter = {
        action,
        took(incoming) {
          stop()
          resolve(incoming)
        },
      }
      const stop = this.#clock.after(withinMs, () => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter)
        resolve(undefined)
      })
      this.#waiters.push(waiter)
    })
  }

  /** The first text, or the end of the connection, that `wanted` takes; undefined where none came. */
  echo(wanted: (echo: Echo) => boolean, withinMs: number): Promise<Echo | undefined> {
    return new Promise((resolve) => {
      const listener = (echo: Echo): boolean => {
        if (!wanted(echo)) return false
        stop()
        resolve(echo)
        return true
      }
      const stop = this.#clock.after(withinMs, () => {
        this.#listeners = this.#listeners.filter((one) => one !== listener)
        resolve(undefined)
      })
      this.#listeners.push(listener)
    })
  }

  /** Whether a move looks at every text, to judge it by itself. */
  get watched(): boolean {
    return this.#listeners.length > 0
  }

  text(text: string, frame: number): void {
    this.#tell({ kind: 'text', text, frame })
  }

  closed(code: number): void {
    this.#tell({ kind: 'close', code })
    const waiters = this.#waiters
    this.#waiters = []
    for (const { took } of waiters) took(undefined)
  }

  #tell(echo: Echo): void {
    this.#listeners = this.#listeners.filter((listener) => !listener(echo))
  }
}
