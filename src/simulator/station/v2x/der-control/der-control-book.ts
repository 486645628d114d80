import type { DerControl, DerControlType } from './der-control.ts'

/** Which controls a CALL means; undefined fields mean any. */
export interface DerCriteria {
  readonly isDefault?: boolean | undefined
  readonly type?: DerControlType | undefined
  readonly id?: string | undefined
}

/** What time or a change made of the scheduled controls. */
export interface DerTransition {
  readonly control: DerControl
  readonly started: boolean
  /** Those of its type that it takes the place of. */
  readonly superseded: readonly DerControl[]
}

/**
 * The DER controls of one station. Of those of one type the scheduled ones go before the default
 * ones, and of either kind the one with the lowest priority value counts; among equals the one that
 * was set last [2.1 R04.FR.02-FR.10].
 */
export class DerControlBook {
  #controls: readonly DerControl[] = []
  /** Scheduled ones that count now. */
  #running: readonly DerControl[] = []

  get all(): readonly DerControl[] {
    return this.#controls
  }

  matching({ isDefault, type, id }: DerCriteria): readonly DerControl[] {
    return this.#controls.filter(
      (control) =>
        (isDefault === undefined || control.isDefault === isDefault) &&
        (type === undefined || control.type === type) &&
        (id === undefined || control.id === id),
    )
  }

  /** Takes one more, or in the place of the one with its id. */
  set(control: DerControl): void {
    this.#controls = [...this.#controls.filter(({ id }) => id !== control.id), control]
  }

  /** @returns how many there were */
  clear(criteria: DerCriteria): number {
    const gone = new Set(this.matching(criteria))
    this.#controls = this.#controls.filter((control) => !gone.has(control))
    return gone.size
  }

  /** Another one of its kind and type counts for more at this instant, or will when it starts. */
  isSuperseded(control: DerControl, atMs: number): boolean {
    const fromMs = Math.max(atMs, control.fromMs)
    return this.matching({ isDefault: control.isDefault, type: control.type }).some(
      (other) => other.priority < control.priority && isOn(other, fromMs),
    )
  }

  /** The one of a type that counts at this instant. */
  inForce(type: DerControlType, atMs: number): DerControl | undefined {
    return (
      this.#first({ type, isDefault: false }, atMs) ?? this.#first({ type, isDefault: true }, atMs)
    )
  }

  /** When the next scheduled control begins or ends; `Infinity`: never. */
  nextMs(atMs: number): number {
    const instants = this.matching({ isDefault: false }).flatMap(({ fromMs, untilMs }) => [
      fromMs,
      untilMs,
    ])
    return Math.min(Number.POSITIVE_INFINITY, ...instants.filter((instant) => instant > atMs))
  }

  /** Forgets what is over, and says what began and what ended since it was last asked. */
  review(atMs: number): readonly DerTransition[] {
    const over = this.#controls.filter(({ untilMs }) => untilMs <= atMs)
    this.#controls = this.#controls.filter((control) => !over.includes(control))
    const before = this.#running
    const types = new Set(this.matching({ isDefault: false }).map(({ type }) => type))
    this.#running = [...types].flatMap(
      (type) => this.#first({ type, isDefault: false }, atMs) ?? [],
    )
    const ended = over
      .filter(({ isDefault }) => !isDefault)
      .map((control) => ({ control, started: false, superseded: [] }))
    const begun = this.#running
      .filter((control) => !before.includes(control))
      .map((control) => ({
        control,
        started: true,
        superseded: before.filter(
          ({ type, id }) => type === control.type && this.matching({ id }).length > 0,
        ),
      }))
    return [...ended, ...begun]
  }

  #first(criteria: DerCriteria, atMs: number): DerControl | undefined {
    let first: DerControl | undefined
    for (const control of this.matching(criteria)) {
      if (!isOn(control, atMs)) continue
      if (!first || control.priority <= first.priority) first = control
    }
    return first
  }
}

function isOn({ fromMs, untilMs }: DerControl, atMs: number): boolean {
  return fromMs <= atMs && atMs < untilMs
}
