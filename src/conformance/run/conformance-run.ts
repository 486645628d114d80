import { type ConformanceCase, hookedActions } from '../cases/case.ts'
import { unclaimed } from '../cases/claims.ts'
import type { CaseResult, SkipReason } from '../play/verdict.ts'
import { Patience } from './patience.ts'
import { playCase } from './play-case.ts'
import type { PlayOptions } from './play-options.ts'

/** What a run is played with; its lanes share their patience. */
export interface ConformanceOptions extends Omit<PlayOptions, 'patience'> {
  readonly cases: readonly ConformanceCase[]
  /** How often a case that did not pass is played again. */
  readonly retries: number
  /** Features and profiles that the CSMS claims; undefined: all. */
  readonly features?: ReadonlySet<string>
  /** Whether no other case is begun after this one; default: never. */
  readonly bail?: (result: PlayedCase) => boolean
  /** Whether somebody wants no other case to begin; default: nobody. */
  readonly stopped?: () => boolean
  /** Told as soon as a case has its verdict. */
  readonly judged?: (result: PlayedCase) => void
}

/** A case with its verdict. */
export interface PlayedCase extends CaseResult {
  readonly case: ConformanceCase
  /** How often it was played before this verdict; more than 1: it is flaky. */
  readonly attempts: number
}

/**
 * Plays cases against a CSMS, some side by side, and judges each. In the order of the cases; those that
 * were not begun are not among them.
 */
export async function runConformance(options: ConformanceOptions): Promise<readonly PlayedCase[]> {
  const { cases, parallel, clock, timeoutMs } = options
  const patience = new Patience(clock, timeoutMs)
  const results = new Map<ConformanceCase, PlayedCase>()
  let over = false
  const lane = async (number: number, queue: ConformanceCase[]): Promise<void> => {
    for (let one = queue.shift(); one && !over && !options.stopped?.(); one = queue.shift()) {
      const result = await playUntilSure(one, number, { ...options, patience })
      results.set(one, result)
      options.judged?.(result)
      over ||= options.bail?.(result) ?? false
    }
  }
  const alone = cases.filter(({ tags }) => tags.includes('alone'))
  const together = cases.filter((one) => !alone.includes(one))
  await Promise.all(Array.from({ length: parallel }, (_, i) => lane(i + 1, together)))
  await lane(1, alone)
  return cases.flatMap((one) => results.get(one) ?? [])
}

type Played = ConformanceOptions & PlayOptions

async function playUntilSure(
  one: ConformanceCase,
  lane: number,
  options: Played,
): Promise<PlayedCase> {
  const skip = whySkipped(one, options)
  if (skip) return { ...nothingPlayed(one), ...skip, case: one, attempts: 0 }
  for (let attempt = 1; ; attempt += 1) {
    const runId = attempt === 1 ? options.runId : `${options.runId}r${attempt}`
    const result = await playCase(one, lane, { ...options, runId })
    const { verdict } = result
    const sure = ['pass', 'warn', 'skip'].includes(verdict) || attempt > options.retries
    if (sure) return { ...result, case: one, attempts: attempt }
  }
}

function nothingPlayed({ id, title }: ConformanceCase) {
  return { id, title, verdict: 'skip', checks: [], trace: [], seconds: 0 } as const
}

function whySkipped(
  one: ConformanceCase,
  { version, hooks, features, fixtures }: ConformanceOptions,
): { readonly skip: SkipReason; readonly reason: string } | undefined {
  const unmet = features && unclaimed(one, features)
  if (unmet !== undefined) {
    return { skip: 'not-applicable', reason: `the CSMS does not claim ${unmet}` }
  }
  const missing = hookedActions(one).filter(
    (action) => !hooks.some((hook) => hook.can(version, action)),
  )
  if (missing.length > 0) {
    return { skip: 'no-hook', reason: `nothing makes the CSMS send ${missing.join(', ')}` }
  }
  const without = one.needs.filter((name) => !Object.hasOwn(fixtures, name))
  return without.length === 0
    ? undefined
    : { skip: 'precondition', reason: `no fixture: ${without.join(', ')}` }
}
