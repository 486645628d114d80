import type { MeterValueType } from 'typed-ocpp/dist/ocpp20/types.js'
import { DayTimer } from '../../day-timer.ts'
import type { Evse } from '../../evse.ts'
import { Repeating } from '../../repeating.ts'
import { type ReadingKind, readEvse } from '../metering/readings.ts'
import type { Station2x } from '../station-2x.ts'

/** More are thinned out: every other one between the first and the last goes. */
const mostReadings = 100

/**
 * What the Ended event of one transaction will carry: the reading of its begin, those of
 * TxEndedInterval, and the one of its end [2.0.1 E06.FR.11, J01, J02]. Has timers: `close` or `stop`.
 */
export class EndedReadings {
  readonly #station: Station2x
  readonly #evse: Evse
  #kept: MeterValueType[] = []
  #sampling: Repeating | undefined
  #aligning: DayTimer | undefined

  /** @param at wire time of the begin; the EVSE is up to date */
  constructor(station: Station2x, evse: Evse, at: string) {
    this.#station = station
    this.#evse = evse
    this.#keep('sampledEnded', 'Transaction.Begin', at)
    this.#start()
  }

  /** A power loss was no end. @param readings that `close` gave back */
  resume(readings: readonly MeterValueType[]): void {
    this.#kept = readings.filter(({ sampledValue }) =>
      sampledValue.every(({ context }) => context !== 'Transaction.End'),
    )
    this.#start()
  }

  #start(): void {
    const { model, services } = this.#station
    const sampledMs = model.integer('SampledDataCtrlr.TxEndedInterval') * 1000
    const alignedMs = model.integer('AlignedDataCtrlr.TxEndedInterval') * 1000
    const { simulated } = services.clocks
    if (sampledMs > 0) {
      this.#sampling ??= new Repeating(simulated)
      this.#sampling.start(sampledMs, () => this.#sample('sampledEnded', 'Sample.Periodic'))
    }
    if (alignedMs > 0) {
      this.#aligning ??= new DayTimer(simulated, services)
      this.#aligning.start(alignedMs, () => this.#sample('alignedEnded', 'Sample.Clock'))
    }
  }

  stop(): void {
    this.#sampling?.stop()
    this.#aligning?.stop()
  }

  /** All of them, with the reading of the end. @param at wire time; the EVSE is up to date */
  close(at: string): MeterValueType[] {
    this.stop()
    this.#keep('sampledEnded', 'Transaction.End', at)
    const kept = this.#kept
    this.#kept = []
    return kept
  }

  #sample(kind: ReadingKind, context: 'Sample.Periodic' | 'Sample.Clock'): void {
    this.#evse.advance()
    this.#keep(kind, context, this.#station.services.wireTime())
  }

  #keep(kind: ReadingKind, context: Parameters<typeof readEvse>[3], at: string): void {
    const reading = readEvse(this.#station, this.#evse, kind, context, at)
    if (!reading) return
    this.#kept.push(reading)
    if (this.#kept.length <= mostReadings) return
    const last = this.#kept.length - 1
    this.#kept = this.#kept.filter((_, i) => i === 0 || i === last || i % 2 === 0)
  }
}
