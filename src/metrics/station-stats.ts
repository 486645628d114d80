import { type EncodedHistogram, LatencyHistogram } from './latency-histogram.ts'
import { type Phase, phases } from './phase.ts'

/** So many kinds are kept apart: a target may word every refusal differently. */
export const failureKinds = 50
/** Characters of such a kind. */
const longestKind = 100
const otherFailures = 'other'

export interface StationKey {
  readonly fleet: string
  readonly version: string
}

export interface StationWindowSnapshot {
  readonly messagesSent: number
  readonly messagesReceived: number
  readonly connectTime: EncodedHistogram
  readonly bootTime: EncodedHistogram
  /** Left out where nothing was encrypted. */
  readonly tls?: TlsSnapshot
}

interface TlsSnapshot {
  /** TLS handshakes alone; they are part of `connectTime`. */
  readonly time: EncodedHistogram
  /** Handshakes that used the keys of an earlier connection. */
  readonly resumed: number
}

export interface StationSnapshot extends StationKey {
  /** Distinct stations that ever tried to connect. */
  readonly tried: number
  readonly connected: number
  readonly accepted: number
  /** Microseconds since the run began, when the last of `accepted` was; 0 without any. */
  readonly acceptedByMicros: number
  readonly reconnects: number
  readonly connectFailures: Readonly<Record<string, number>>
  readonly lateAnswers: number
  readonly windows: Readonly<Partial<Record<Phase, StationWindowSnapshot>>>
}

/** Messages, connects and boots of one window, by the instant they happened. */
export class StationWindow {
  messagesSent = 0
  messagesReceived = 0
  /** Connect begun to WebSocket open. */
  readonly connectTime = new LatencyHistogram()
  /** WebSocket open to BootNotification accepted. */
  readonly bootTime = new LatencyHistogram()
  #tlsTime: LatencyHistogram | undefined
  #tlsResumed = 0

  /** TCP open to TLS handshake done; undefined where nothing was encrypted. */
  get tlsTime(): LatencyHistogram | undefined {
    return this.#tlsTime
  }

  get tlsResumed(): number {
    return this.#tlsResumed
  }

  shookHands(micros: number, resumed: boolean): void {
    this.#tlsTime ??= new LatencyHistogram()
    this.#tlsTime.record(micros)
    if (resumed) this.#tlsResumed += 1
  }

  absorb(snapshot: StationWindowSnapshot): void {
    this.messagesSent += snapshot.messagesSent
    this.messagesReceived += snapshot.messagesReceived
    this.connectTime.addEncoded(snapshot.connectTime)
    this.bootTime.addEncoded(snapshot.bootTime)
    if (!snapshot.tls) return
    this.#tlsTime ??= new LatencyHistogram()
    this.#tlsTime.addEncoded(snapshot.tls.time)
    this.#tlsResumed += snapshot.tls.resumed
  }

  snapshot(): StationWindowSnapshot {
    return {
      messagesSent: this.messagesSent,
      messagesReceived: this.messagesReceived,
      connectTime: this.connectTime.encode(),
      bootTime: this.bootTime.encode(),
      ...(this.#tlsTime && {
        tls: { time: this.#tlsTime.encode(), resumed: this.#tlsResumed },
      }),
    }
  }
}

/** The stations of one fleet and version, seen together. */
export class StationStats {
  readonly key: StationKey
  /** Distinct stations that ever tried to connect. */
  tried = 0
  /** Distinct stations that were ever connected. */
  connected = 0
  /** Distinct stations whose boot was ever accepted. */
  accepted = 0
  /** When the last of them was accepted for the first time, microseconds since the run began. */
  acceptedByMicros = 0
  reconnects = 0
  lateAnswers = 0
  readonly #connectFailures = new Map<string, number>()
  readonly #windows: (StationWindow | undefined)[] = phases.map(() => undefined)

  constructor(key: StationKey) {
    this.key = key
  }

  window(phase: number): StationWindow {
    const window = this.#windows[phase]
    if (window) return window
    const made = new StationWindow()
    this.#windows[phase] = made
    return made
  }

  connectFailed(kind: string, times = 1): void {
    const failures = this.#connectFailures
    const short = kind.slice(0, longestKind)
    const key = failures.has(short) || failures.size < failureKinds ? short : otherFailures
    failures.set(key, (failures.get(key) ?? 0) + times)
  }

  absorb(snapshot: StationSnapshot): void {
    this.tried += snapshot.tried
    this.connected += snapshot.connected
    this.accepted += snapshot.accepted
    this.acceptedByMicros = Math.max(this.acceptedByMicros, snapshot.acceptedByMicros)
    this.reconnects += snapshot.reconnects
    this.lateAnswers += snapshot.lateAnswers
    for (const [kind, times] of Object.entries(snapshot.connectFailures)) {
      this.connectFailed(kind, times)
    }
    phases.forEach((phase, index) => {
      const window = snapshot.windows[phase]
      if (window) this.window(index).absorb(window)
    })
  }

  snapshot(): StationSnapshot {
    const windows: Partial<Record<Phase, StationWindowSnapshot>> = {}
    phases.forEach((phase, index) => {
      const window = this.#windows[index]
      if (window) windows[phase] = window.snapshot()
    })
    return {
      ...this.key,
      tried: this.tried,
      connected: this.connected,
      accepted: this.accepted,
      acceptedByMicros: this.acceptedByMicros,
      reconnects: this.reconnects,
      connectFailures: sortedRecord(this.#connectFailures),
      lateAnswers: this.lateAnswers,
      windows,
    }
  }
}

/** A map as plain data, in an order that does not depend on who came first. */
export function sortedRecord<Value>(map: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}
