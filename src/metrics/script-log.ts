import { sortedRecord } from './station-stats.ts'

interface ScriptSnapshot {
  readonly completed: number
  readonly failed: number
  /** Still played when the run was over, and were called off; left out where none did. */
  readonly cutOff?: number
  /** Why, with how many stations; beyond `reasonsPerFleet` they gather under `otherReasons`. */
  readonly reasons: Readonly<Record<string, number>>
}

/** By fleet. */
export type ScriptsSnapshot = Readonly<Record<string, ScriptSnapshot>>

/** How many different reasons one recorder keeps apart: memory is constant in the run's length. */
export const reasonsPerFleet = 50
export const otherReasons = 'other reasons'

interface Tally {
  completed: number
  failed: number
  cutOff: number
  readonly reasons: Map<string, number>
}

/** How the stations' scripts ended, by fleet. */
export class ScriptLog {
  readonly #fleets = new Map<string, Tally>()

  completed(fleet: string): void {
    this.#tally(fleet).completed += 1
  }

  failed(fleet: string, reason: string): void {
    const tally = this.#tally(fleet)
    const known = tally.reasons.has(reason) || tally.reasons.size < reasonsPerFleet
    tally.failed += 1
    count(tally.reasons, known ? reason : otherReasons, 1)
  }

  /** It still played when the run was over. */
  cutOff(fleet: string): void {
    this.#tally(fleet).cutOff += 1
  }

  absorb(snapshot: ScriptsSnapshot): void {
    for (const [fleet, { completed, failed, cutOff = 0, reasons }] of Object.entries(snapshot)) {
      const tally = this.#tally(fleet)
      tally.cutOff += cutOff
      tally.completed += completed
      tally.failed += failed
      for (const [reason, times] of Object.entries(reasons)) count(tally.reasons, reason, times)
    }
  }

  snapshot(): ScriptsSnapshot {
    const fleets = [...this.#fleets].map(([fleet, { completed, failed, cutOff, reasons }]) => {
      const ended = { completed, failed, reasons: sortedRecord(reasons) }
      return [fleet, cutOff > 0 ? { ...ended, cutOff } : ended] as const
    })
    return sortedRecord(new Map(fleets))
  }

  #tally(fleet: string): Tally {
    const tally = this.#fleets.get(fleet)
    if (tally) return tally
    const made: Tally = { completed: 0, failed: 0, cutOff: 0, reasons: new Map() }
    this.#fleets.set(fleet, made)
    return made
  }
}

function count(reasons: Map<string, number>, reason: string, times: number): void {
  reasons.set(reason, (reasons.get(reason) ?? 0) + times)
}
