import type {
  ConstantStreamDataType,
  NotifyPeriodicEventStream,
  PeriodicEventStreamParamsType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { isoTime } from '../../../../shared/clock.ts'
import type { StationServices } from '../../behaviour.ts'
import { Repeating } from '../../repeating.ts'

interface Value {
  /** Wire ms. */
  readonly atMs: number
  readonly text: string
}

/** A stream that nobody takes keeps the latest. */
const mostValues = 1000

/**
 * The values of one periodic monitor, sent many at a time in messages that nobody answers: every
 * `interval` seconds of simulated time, or as soon as there are `values` of them; at once where it
 * has neither [2.1 N15].
 */
export class EventStream {
  readonly id: number
  readonly monitorId: number
  isOpen = false
  readonly #services: StationServices
  readonly #sending: Repeating
  #params: PeriodicEventStreamParamsType
  #values: Value[] = []

  constructor(
    services: StationServices,
    id: number,
    monitorId: number,
    params: PeriodicEventStreamParamsType,
  ) {
    this.#services = services
    this.id = id
    this.monitorId = monitorId
    this.#params = params
    this.#sending = new Repeating(services.clocks.simulated)
  }

  get constantData(): ConstantStreamDataType {
    return { id: this.id, params: this.#params, variableMonitoringId: this.monitorId }
  }

  /** The CSMS takes it. */
  start(): void {
    this.isOpen = true
    this.adjust(this.#params)
  }

  adjust(params: PeriodicEventStreamParamsType): void {
    this.#params = params
    this.#sending.start((params.interval ?? 0) * 1000, () => this.flush())
    this.#sendIfDue()
  }

  add(text: string): void {
    this.#values.push({ atMs: this.#services.wireMs(), text })
    if (this.#values.length > mostValues) this.#values.shift()
    this.#sendIfDue()
  }

  /** Sends what there is, no more than `values` with each message. */
  flush(): void {
    if (!this.isOpen) return
    const most = this.#params.values || mostValues
    while (this.#values.length > 0 && this.#services.online) {
      this.#send(this.#values.splice(0, most))
    }
  }

  /** Power is cut, the monitor is gone or the run is over; what was gathered is lost. */
  stop(): void {
    this.#sending.stop()
    this.#values = []
  }

  #sendIfDue(): void {
    const { interval = 0, values = 0 } = this.#params
    const isFull = values > 0 && this.#values.length >= values
    if (isFull || (interval === 0 && values === 0)) this.flush()
  }

  #send(values: readonly Value[]): void {
    const baseMs = values[0]?.atMs ?? 0
    const message: NotifyPeriodicEventStream = {
      id: this.id,
      pending: this.#values.length,
      basetime: isoTime(baseMs),
      data: values.map(({ atMs, text }) => ({ t: Math.round(atMs - baseMs) / 1000, v: text })),
    }
    this.#services.sendUnanswered('NotifyPeriodicEventStream', message)
  }
}
