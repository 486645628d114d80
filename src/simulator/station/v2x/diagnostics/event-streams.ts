import type {
  ConstantStreamDataType,
  PeriodicEventStreamParamsType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Station2x } from '../station-2x.ts'
import type { EventOutbox } from './event-outbox.ts'
import { EventStream } from './event-stream.ts'

/** The periodic event streams of one station of 2.1, one per monitor [2.1 N11 to N15]. */
export class EventStreams {
  readonly #station: Station2x
  readonly #outbox: EventOutbox
  readonly #byMonitor = new Map<number, EventStream>()
  #lastId = 0

  constructor(station: Station2x, outbox: EventOutbox) {
    this.#station = station
    this.#outbox = outbox
  }

  /** Of the monitors that have one. */
  get monitorIds(): readonly number[] {
    return [...this.#byMonitor.keys()]
  }

  /** As GetPeriodicEventStream tells them: those that the CSMS took [2.1 N12]. */
  get list(): readonly ConstantStreamDataType[] {
    return this.#all.filter(({ isOpen }) => isOpen).map(({ constantData }) => constantData)
  }

  /** Offers the CSMS a stream; where it refuses, the monitor sends NotifyEvents [2.1 N11]. */
  open(monitorId: number, params: PeriodicEventStreamParamsType): void {
    this.#lastId += 1
    const stream = new EventStream(this.#station.services, this.#lastId, monitorId, params)
    this.#byMonitor.set(monitorId, stream)
    this.#offer(stream)
  }

  /** @returns false: this monitor has no stream */
  add(monitorId: number, value: string): boolean {
    const stream = this.#byMonitor.get(monitorId)
    stream?.add(value)
    return stream !== undefined
  }

  /** [2.1 N14]; false: there is no such stream. */
  adjust(id: number, params: PeriodicEventStreamParamsType): boolean {
    const stream = this.#all.find((one) => one.id === id && one.isOpen)
    stream?.adjust(params)
    return stream !== undefined
  }

  /** The monitor is gone, or has no stream any more: what it gathered goes first [2.1 N13]. */
  close(monitorId: number): void {
    const stream = this.#byMonitor.get(monitorId)
    if (!stream) return
    this.#byMonitor.delete(monitorId)
    stream.flush()
    stream.stop()
    if (stream.isOpen) this.#outbox.add('ClosePeriodicEventStream', { id: stream.id })
  }

  /** After a boot the CSMS is offered every stream anew. */
  reopen(): void {
    for (const stream of this.#all) this.#offer(stream)
  }

  /** The network is back. */
  resume(): void {
    for (const stream of this.#all) {
      if (stream.isOpen) stream.flush()
      else this.#offer(stream)
    }
  }

  stop(): void {
    for (const stream of this.#all) stream.stop()
  }

  get #all(): readonly EventStream[] {
    return [...this.#byMonitor.values()]
  }

  #offer(stream: EventStream): void {
    const { services } = this.#station
    stream.isOpen = false
    services.send(
      'OpenPeriodicEventStream',
      { constantStreamData: stream.constantData },
      (outcome) => {
        // Offered again when the CSMS is back.
        if (outcome.kind === 'unsent' || outcome.kind === 'lost') return
        this.#judged(stream, outcome.kind === 'result' && isAccepted(outcome.payload))
      },
    )
  }

  #judged(stream: EventStream, accepted: boolean): void {
    // Meanwhile another may have taken its place, or the monitor is gone.
    const isCurrent = this.#byMonitor.get(stream.monitorId) === stream
    if (accepted && isCurrent) stream.start()
    else if (accepted) this.#outbox.add('ClosePeriodicEventStream', { id: stream.id })
    else if (isCurrent) this.#byMonitor.delete(stream.monitorId)
  }
}

function isAccepted(answer: object): boolean {
  return 'status' in answer && answer.status === 'Accepted'
}
