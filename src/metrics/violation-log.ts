import { sortedRecord } from './station-stats.ts'

/** MUST breaks the specification; SHOULD is legal but odd. */
export type ViolationLevel = 'MUST' | 'SHOULD'

/** Something the target did wrong, with the frame that shows it. */
export interface Violation {
  readonly rule: string
  readonly level: ViolationLevel
  readonly detail: string
  readonly frame: string
}

export interface ViolationSample {
  readonly station: string
  /** Seconds since the run began. */
  readonly second: number
  readonly detail: string
  readonly frame: string
}

interface RuleSnapshot {
  /** By level: a rule may bind one version of OCPP and only advise another. */
  readonly must: number
  readonly should: number
  readonly samples: readonly ViolationSample[]
}

export type ViolationsSnapshot = Readonly<Record<string, RuleSnapshot>>

/**
 * How many frames a rule keeps to show: the earliest of different detail, so that they tell more
 * than one story, and the same ones stay in whatever order logs are merged.
 */
export const samplesPerRule = 5

interface RuleLog {
  must: number
  should: number
  samples: ViolationSample[]
}

/** Violations of the target by rule: all counted, the first few kept. */
export class ViolationLog {
  readonly #rules = new Map<string, RuleLog>()

  found(violation: Violation, station: string, second: number): void {
    const log = this.#rule(violation.rule)
    if (violation.level === 'MUST') log.must += 1
    else log.should += 1
    // Violations come thousandfold: what cannot be kept is not made a sample of.
    const last = log.samples[samplesPerRule - 1]
    if (last && second > last.second) return
    const { detail, frame } = violation
    if (log.samples.some((sample) => sample.detail === detail)) return
    this.#keep(log, { station, second, detail, frame })
  }

  absorb(snapshot: ViolationsSnapshot): void {
    for (const [rule, { must, should, samples }] of Object.entries(snapshot)) {
      const log = this.#rule(rule)
      log.must += must
      log.should += should
      for (const sample of samples) this.#keep(log, sample)
    }
  }

  snapshot(): ViolationsSnapshot {
    const rules = [...this.#rules].map(
      ([rule, log]) => [rule, { ...log, samples: [...log.samples] }] as const,
    )
    return sortedRecord(new Map(rules))
  }

  #rule(rule: string): RuleLog {
    const log = this.#rules.get(rule)
    if (log) return log
    const made: RuleLog = { must: 0, should: 0, samples: [] }
    this.#rules.set(rule, made)
    return made
  }

  #keep(log: RuleLog, sample: ViolationSample): void {
    const same = log.samples.findIndex(({ detail }) => detail === sample.detail)
    const there = log.samples[same]
    if (!there) log.samples.push(sample)
    else if (earliestFirst(sample, there) < 0) log.samples[same] = sample
    log.samples.sort(earliestFirst)
    if (log.samples.length > samplesPerRule) log.samples.pop()
  }
}

/** A total order, down to the text, so that the samples kept do not depend on the order of arrival. */
function earliestFirst(a: ViolationSample, b: ViolationSample): number {
  return (
    a.second - b.second ||
    compare(a.station, b.station) ||
    compare(a.detail, b.detail) ||
    compare(a.frame, b.frame)
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
