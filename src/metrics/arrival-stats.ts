import { type EncodedHistogram, LatencyHistogram } from './latency-histogram.ts'
import { type Phase, phases } from './phase.ts'

/** What falls due at instants of its own and is no CALL: a session, or an act of the CSMS. */
export type ArrivalKind = 'session' | 'command'

/** What became of it; `unbegun` still waited when the run was over. */
export type ArrivalFate = 'begun' | 'dropped' | 'unbegun'

export interface ArrivalKey {
  readonly kind: ArrivalKind
  readonly fleet: string
  readonly version: string
  /** Of a command; empty for sessions. */
  readonly action: string
}

export interface ArrivalWindowSnapshot {
  readonly begun: number
  readonly dropped: number
  readonly unbegun: number
  readonly lag: EncodedHistogram
  readonly wait: EncodedHistogram
}

export interface ArrivalSnapshot extends ArrivalKey {
  readonly windows: Readonly<Partial<Record<Phase, ArrivalWindowSnapshot>>>
}

/** Arrivals whose intended instant lies in one window. */
export class ArrivalWindow {
  begun = 0
  dropped = 0
  unbegun = 0
  /** Intended instant to timer fired: the generator's own delay. */
  readonly lag = new LatencyHistogram()
  /** Intended instant to begun; what never began counts at its age, what was dropped does not. */
  readonly wait = new LatencyHistogram()

  absorb(snapshot: ArrivalWindowSnapshot): void {
    this.begun += snapshot.begun
    this.dropped += snapshot.dropped
    this.unbegun += snapshot.unbegun
    this.lag.addEncoded(snapshot.lag)
    this.wait.addEncoded(snapshot.wait)
  }

  snapshot(): ArrivalWindowSnapshot {
    const { begun, dropped, unbegun, lag, wait } = this
    return { begun, dropped, unbegun, lag: lag.encode(), wait: wait.encode() }
  }
}

/** Arrivals of one kind at the stations of one fleet and version, by window. */
export class ArrivalStats {
  readonly key: ArrivalKey
  readonly #windows: (ArrivalWindow | undefined)[] = phases.map(() => undefined)

  constructor(key: ArrivalKey) {
    this.key = key
  }

  window(phase: number): ArrivalWindow {
    const window = this.#windows[phase]
    if (window) return window
    const made = new ArrivalWindow()
    this.#windows[phase] = made
    return made
  }

  absorb({ windows }: ArrivalSnapshot): void {
    phases.forEach((phase, index) => {
      const window = windows[phase]
      if (window) this.window(index).absorb(window)
    })
  }

  snapshot(): ArrivalSnapshot {
    const windows: Partial<Record<Phase, ArrivalWindowSnapshot>> = {}
    phases.forEach((phase, index) => {
      const window = this.#windows[index]
      if (window) windows[phase] = window.snapshot()
    })
    return { ...this.key, windows }
  }
}
