import type {
  MonitoringBaseEnumType,
  PeriodicEventStreamParamsType,
  SetMonitoringDataType,
  SetMonitoringResultType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { Repeating } from '../../repeating.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { collectedData } from './collected-data.ts'
import { type Fired, toldValue, transactionAt } from './event-data.ts'
import { EventOutbox } from './event-outbox.ts'
import { EventStreams } from './event-streams.ts'
import { isPeriodic, judge, type Monitor } from './monitor.ts'
import { rejected } from './monitor-rules.ts'
import { MonitorTimers } from './monitor-timers.ts'
import { Monitors } from './monitors.ts'

/** Made by the first problem, or when the CSMS first asks for a monitor; survives reboots. */
export const monitoring = new StationPart((station) => new Monitoring(station))

type Result = Pick<SetMonitoringResultType, 'id' | 'status' | 'statusInfo'>

/**
 * The monitors of one station at work: they look at the device model when something happened, when a
 * value was set, and every EvaluationInterval of simulated time as long as values flow by themselves.
 */
class Monitoring {
  readonly monitors: Monitors
  readonly streams: EventStreams
  readonly #station: Station2x
  readonly #outbox: EventOutbox
  readonly #timers: MonitorTimers
  readonly #evaluations: Repeating
  #evaluatesSoon = false
  /** Streams of monitors that were accepted in the answer that is on its way. */
  #promisedStreams = 0

  constructor(station: Station2x) {
    this.#station = station
    this.monitors = new Monitors(station.model)
    this.#outbox = new EventOutbox(station)
    this.streams = new EventStreams(station, this.#outbox)
    this.#timers = new MonitorTimers(station, (monitor) => this.#due(monitor))
    this.#evaluations = new Repeating(station.services.clocks.simulated)
    station.model.onChange(() => this.evaluateSoon())
    this.#follow()
  }

  /** Monitors are of use at all. */
  get isEnabled(): boolean {
    return this.#station.model.flag('MonitoringCtrlr.Enabled')
  }

  /** Sets one monitor [2.0.1 N04]; its stream is opened after the answer [2.1 N11]. */
  set(data: SetMonitoringDataType): Result {
    const { model, services } = this.#station
    const place = model.find(data.component, data.variable)
    if (typeof place === 'string') return { status: place }
    if (!this.isEnabled) return rejected('NotEnabled')
    const { type, value, severity, transaction = false, periodicEventStream: stream } = data
    const settings = { type, value, severity, transaction }
    const objection = stream && this.#objectionToStream(data.id, settings)
    if (objection) return objection
    const setting = this.monitors.set(data.id, settings, place)
    if ('objection' in setting) return setting.objection
    const { monitor, before } = setting
    if (stream) this.#promisedStreams += 1
    services.afterwards(() => this.#set(monitor, before, stream))
    return { status: 'Accepted', id: monitor.id }
  }

  /** [2.0.1 N06] */
  clear(id: number): 'Accepted' | 'NotFound' | 'Rejected' {
    const status = this.monitors.clear(id)
    if (status === 'Accepted') this.#station.services.afterwards(() => this.#changed())
    return status
  }

  /** [2.0.1 N03] */
  setBase(base: MonitoringBaseEnumType): void {
    this.monitors.setBase(base)
    this.#station.services.afterwards(() => this.#changed())
  }

  /** Looks at every monitored value. Resolves when the CSMS was told, or is out of reach. */
  evaluate(): Promise<void> {
    const { services, model } = this.#station
    if (!services.powered) return Promise.resolve()
    const fired: Fired[] = []
    for (const monitor of this.monitors.all) {
      if (isPeriodic(monitor) || !this.#counts(monitor)) continue
      const { place } = monitor
      const finding = judge(monitor, model.valueOf(place), model.valueOf(place, 'Target'))
      if (finding) fired.push({ monitor, finding })
    }
    return this.#outbox.tell(fired)
  }

  /** Once, after all that happens in this moment. */
  evaluateSoon(): void {
    if (this.#evaluatesSoon) return
    this.#evaluatesSoon = true
    this.#station.services.afterwards(() => {
      this.#evaluatesSoon = false
      this.#follow()
      void this.evaluate()
    })
  }

  /** The CSMS is in reach; `first`: after a boot. */
  inReach(first: boolean): void {
    this.#outbox.resume()
    if (first) this.#follow()
    if (first) this.streams.reopen()
    else this.streams.resume()
    void this.evaluate()
  }

  /** Power is cut or the run is over. */
  stop(): void {
    this.#evaluations.stop()
    this.#timers.follow([])
    this.streams.stop()
  }

  #set(
    monitor: Monitor,
    before: Monitor | undefined,
    params: PeriodicEventStreamParamsType | undefined,
  ): void {
    if (before) this.streams.close(before.id)
    if (params) this.#promisedStreams -= 1
    if (params) this.streams.open(monitor.id, params)
    this.#follow()
    void this.evaluate()
  }

  #changed(): void {
    for (const id of this.streams.monitorIds) if (!this.monitors.get(id)) this.streams.close(id)
    this.#follow()
    void this.evaluate()
  }

  #objectionToStream(id: number | undefined, settings: Pick<Monitor, 'type'>): Result | undefined {
    if (!isPeriodic(settings)) return rejected('InvalidValue', 'only periodic monitors stream')
    const most = this.#station.model.integer('MonitoringCtrlr.MaxPeriodicEventStreams')
    const others = this.streams.monitorIds.filter((known) => known !== id)
    const isRoom = others.length + this.#promisedStreams < most
    return isRoom ? undefined : rejected('TooManyElements', `at most ${most} streams`)
  }

  #due(monitor: Monitor): void {
    if (!this.#counts(monitor)) return
    const finding = { trigger: 'Periodic' } as const
    const value = toldValue(this.#station, monitor)
    collectedData.of(this.#station).add(monitor, value)
    if (this.streams.add(monitor.id, value)) return
    void this.#outbox.tell([{ monitor, finding }])
  }

  /** It is looked at now: what nobody would hear of is looked at later [2.0.1 N05.FR.03, N07]. */
  #counts(monitor: Monitor): boolean {
    const { model, sessions } = this.#station
    const { severity, transaction, place } = monitor
    if (!this.isEnabled || severity > model.integer('MonitoringCtrlr.ActiveMonitoringLevel')) {
      return false
    }
    const evseId = place.at?.id
    const inTransaction =
      evseId === undefined ? sessions.anyOpen : transactionAt(this.#station, evseId) !== undefined
    return (!transaction || inTransaction) && this.#outbox.takes(monitor)
  }

  /** Sets timers by what stands now. */
  #follow(): void {
    const { services, model } = this.#station
    const isOn = services.powered && this.isEnabled
    const monitors = isOn ? this.monitors.all : []
    this.#timers.follow(monitors.filter(isPeriodic))
    const flows = monitors.some(
      (monitor) =>
        !isPeriodic(monitor) &&
        monitor.kind !== 'HardWiredMonitor' &&
        monitor.place.spec.read !== undefined,
    )
    const seconds = flows ? model.integer('MonitoringCtrlr.EvaluationInterval') : 0
    this.#evaluations.keep(seconds * 1000, () => void this.evaluate())
  }
}
