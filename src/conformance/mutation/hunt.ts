import type { Dial } from '../../ocpp/dial.ts'
import type { PayloadValidators } from '../../ocpp/schemas.ts'
import type { Clock } from '../../shared/clock.ts'
import type { ConformanceCase } from '../cases/case.ts'
import type { Check } from '../play/verdict.ts'
import { type PlayedCase, runConformance } from '../run/conformance-run.ts'
import { EmbeddedTarget } from '../run/embedded-target.ts'
import { faultyDial } from './faulty-dial.ts'
import { newMemory } from './frame-relay.ts'
import type { Fault, Mutant } from './mutant.ts'
import { suspects } from './suspects.ts'

/** What came of a mutant. */
export type Fate =
  | { readonly kind: 'caught'; readonly by: string; readonly check: string }
  /** No case was red; `reached` tells whether any of them got to see the fault. */
  | { readonly kind: 'survived'; readonly reached: boolean; readonly played: number }

export interface HuntOptions {
  /** Those that are played, if they could notice. */
  readonly cases: readonly ConformanceCase[]
  readonly dial: Dial
  readonly validators: PayloadValidators
  readonly clock: Clock
  /** Real milliseconds until what must come counts as missing. */
  readonly timeoutMs: number
  readonly silenceMs: number
}

interface HuntedWith {
  /** Default: all. */
  readonly cases?: readonly ConformanceCase[]
  /** Id of a case. */
  readonly first?: string | undefined
}

/**
 * Plays cases against an embedded CSMS with a fault, until one is red. A case that is red counts only if the
 * fault showed while it was played, and if the same case is green right afterwards without it.
 */
export class Hunter implements AsyncDisposable {
  readonly #options: HuntOptions
  /** Without a fault; started when it is first wanted. */
  #target: Promise<EmbeddedTarget> | undefined
  #plays = 0

  constructor(options: HuntOptions) {
    this.#options = options
  }

  /** Only those of `cases` are played that could notice; `first` before all others. */
  async hunt(mutant: Mutant, only: HuntedWith = {}): Promise<Fate> {
    const { fault } = mutant
    if (fault.in !== 'setup') return await this.#search(mutant, this.#sound(), only)
    const wrong = EmbeddedTarget.start(fault.options)
    try {
      return await this.#search(mutant, wrong, only)
    } finally {
      await (await wrong)[Symbol.asyncDispose]()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const target = this.#target
    this.#target = undefined
    await (await target)?.[Symbol.asyncDispose]()
  }

  async #search(
    mutant: Mutant,
    target: Promise<EmbeddedTarget>,
    { first, cases = this.#options.cases }: HuntedWith,
  ): Promise<Fate> {
    const all = suspects(mutant, cases)
    const queue = all.toSorted((a, b) => Number(b.id === first) - Number(a.id === first))
    let reached = false
    for (const one of queue) {
      const memory = newMemory()
      const dial = faultyDial(this.#options.dial, mutant.fault, memory)
      const where = mutant.fault.in === 'setup' ? await target : await this.#sound()
      const result = await this.#play(one, where, dial)
      reached ||= memory.shown > 0
      const check = memory.shown > 0 ? telling(mutant, result) : undefined
      // What a fault has left behind is none of the next case's business.
      if (check && one.tags.includes('alone')) await this[Symbol.asyncDispose]()
      if (check && (await this.#isGreen(one, mutant.fault))) {
        return { kind: 'caught', by: one.id, check: check.name }
      }
    }
    return { kind: 'survived', reached, played: queue.length }
  }

  /** Through the same relay, whose fault never shows. */
  async #isGreen(one: ConformanceCase, fault: Fault): Promise<boolean> {
    const right = fault.in === 'frames' ? { ...fault, after: Infinity } : fault
    const sound =
      right.in === 'frames'
        ? faultyDial(this.#options.dial, right, newMemory())
        : this.#options.dial
    const { verdict } = await this.#play(one, await this.#sound(), sound)
    return verdict === 'pass'
  }

  #sound(): Promise<EmbeddedTarget> {
    this.#target ??= EmbeddedTarget.start()
    return this.#target
  }

  async #play(
    one: ConformanceCase,
    { target, hooks, fixtures }: EmbeddedTarget,
    dial: Dial,
  ): Promise<PlayedCase> {
    const { cases: _cases, ...options } = this.#options
    this.#plays += 1
    const [result] = await runConformance({
      ...options,
      version: one.version,
      target,
      hooks,
      fixtures,
      dial,
      cases: [one],
      stationId: (lane) => `MUTANT-${this.#plays}-${lane}`,
      runId: `m${this.#plays}`,
      parallel: 1,
      retries: 0,
    })
    if (!result) throw new Error(`${one.id} was not played`)
    return result
  }
}

/** The check that tells it: a demand that the fault breaks, or a warning where that is enough. */
function telling({ level }: Mutant, { checks, verdict }: PlayedCase): Check | undefined {
  if (verdict !== 'fail' && !(verdict === 'warn' && level === 'SHOULD')) return undefined
  const wrong = checks.filter(({ passed }) => !passed)
  return wrong.find((one) => one.level === 'MUST') ?? wrong[0]
}
