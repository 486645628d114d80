import { shortened } from './shortened.ts'
import { mostOfARule } from './verdict.ts'

/** What the CSMS did wrong, whatever the case is about. */
export interface Fault {
  readonly rule: string
  readonly level: 'MUST' | 'SHOULD'
  readonly detail: string
  /** Where it stands in the trace. */
  readonly frame: number
}

/** The faults of a case, as many of a rule as anybody reads. */
export class Faults {
  readonly kept: Fault[] = []
  /** By rule, also of those that are not kept. */
  readonly #counts = new Map<string, number>()
  #over = false

  add(rule: string, level: Fault['level'], detail: string, frame: number): void {
    if (this.#over) return
    const before = this.#counts.get(rule) ?? 0
    this.#counts.set(rule, before + 1)
    if (before < mostOfARule) this.kept.push({ rule, level, detail: shortened(detail), frame })
  }

  /** The case is over: nothing that comes is judged any more. */
  close(): void {
    this.#over = true
  }
}
