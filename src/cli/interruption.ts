/** What is told of Ctrl-C, however it was pressed. */
export interface InterruptionEvents {
  /** The first: the run is to drain and report. */
  stopping(): void
  /** Another one: nobody wants to wait. */
  leave(): void
}

/** The first Ctrl-C drains and reports, the second leaves at once. */
export class Interruption {
  readonly #events: InterruptionEvents
  #signal: string | undefined
  #interrupt: (signal: string) => void = () => undefined

  constructor(events: InterruptionEvents) {
    this.#events = events
  }

  /** @param interrupt called once, also where the key was pressed before there was a run */
  listen(interrupt: (signal: string) => void): void {
    this.#interrupt = interrupt
    if (this.#signal !== undefined) interrupt(this.#signal)
  }

  press(signal: string): void {
    if (this.#signal !== undefined) {
      this.#events.leave()
      return
    }
    this.#signal = signal
    this.#events.stopping()
    this.#interrupt(signal)
  }
}
