/** What a station said to it. */
export interface Heard {
  readonly action: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** A management system of an independent implementation that sends what the test tells it to. */
export interface PeerCsms extends AsyncDisposable {
  /** Where stations connect. */
  readonly url: string
  /** In order. */
  readonly heard: readonly Heard[]
  /** Calls a station, the one that connected last unless it is named; rejects on a CALLERROR. */
  call(action: string, payload: object, stationId?: string): Promise<Record<string, unknown>>
  /** Resolves with the first CALL, come already or to come, that matches. */
  until(matches: (heard: Heard) => boolean, what: string): Promise<Heard>
}
