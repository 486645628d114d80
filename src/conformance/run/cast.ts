import { awaitedActions, type ConformanceCase, type ConnectAs } from '../cases/case.ts'
import { defaultAnswer } from '../play/default-answers.ts'
import { type Incoming, Probe } from '../play/probe.ts'
import type { Actor } from '../play/stage.ts'
import type { Trace } from '../play/trace.ts'
import type { PlayOptions } from './play-options.ts'
import { credentialsOf } from './target.ts'

/** The stations that one play of a case has: one, and a neighbour where the case asks for it. */
export class Cast {
  readonly #one: ConformanceCase
  readonly #options: PlayOptions
  readonly #trace: Trace
  readonly #nextId: () => string
  readonly #probes: Probe[] = []

  /** @param nextId makes the message ids of all of them */
  constructor(
    one: ConformanceCase,
    options: PlayOptions,
    { trace, nextId }: { readonly trace: Trace; readonly nextId: () => string },
  ) {
    this.#one = one
    this.#options = options
    this.#trace = trace
    this.#nextId = nextId
  }

  /** What their connections proved wrong whatever the case looks at. */
  get faults(): Probe['faults'] {
    return this.#probes.flatMap(({ faults }) => faults)
  }

  enter(stationId: string): Actor {
    const { version, validators, clock, patience } = this.#options
    const probe = new Probe({
      version,
      validators,
      clock,
      trace: this.#trace,
      nextId: this.#nextId,
      awaited: awaitedActions(this.#one),
      answerTo: (incoming: Incoming) => defaultAnswer(version, incoming),
    })
    // Once: what a case brings down is not to come back unseen.
    let waits = this.#probes.length === 0
    this.#probes.push(probe)
    const connect = (as: ConnectAs<string>) => {
      const first = waits
      waits = false
      const dialled = () => this.#dialled(probe, stationId, as)
      return first ? patience.connected(dialled) : dialled()
    }
    return { probe, connect }
  }

  leave(): void {
    for (const probe of this.#probes) probe.close()
  }

  #dialled(probe: Probe, stationId: string, as: ConnectAs<string>) {
    const { version, target, fixtures, dial, timeoutMs } = this.#options
    const credentials = credentialsOf(target, { version, stationId, fixtures, as })
    return probe.connect(dial, credentials, timeoutMs)
  }
}
