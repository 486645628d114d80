import type {
  TransactionEventRequest,
  TransactionEventResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { depends } from '../../../../ocpp/tariff/charging-periods.ts'
import type { CostMeter, Reading } from '../../../../ocpp/tariff/cost-meter.ts'
import type { Tariff } from '../../../../ocpp/tariff/tariff.ts'
import type { CancelTimer } from '../../../../shared/clock.ts'
import type { Evse } from '../../evse.ts'
import { Repeating } from '../../repeating.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import type { Session } from '../transactions/session.ts'
import { transactionLimits } from '../transactions/transaction-limits.ts'
import { drivers } from './drivers.ts'
import { costFailure, failedCost } from './failed-cost.ts'
import { readingOf } from './meter-reading.ts'
import { costMeter } from './new-cost-meter.ts'
import { noteProblem } from './problem.ts'
import { tariffs } from './tariffs.ts'

/** How far ahead a limit of cost is looked for: a day. */
const horizonSeconds = 86_400

/** One transaction, from its first event to its last. */
interface Running {
  readonly transactionId: string
  readonly first: Reading
  /** Undefined until a tariff is associated, and where there is none. */
  meter: CostMeter | undefined
  tariffTold: boolean
  /** Wire ms of the last costDetails. */
  toldMs: number
  readonly updates: Repeating
  readonly samples: Repeating
  limit: CancelTimer | undefined
}

/** What the driver at an EVSE sees of prices. */
interface Shown {
  /** Of the last transaction: what it costs so far, or has cost. */
  totalCost?: number
  currency?: string
  tariffId?: string
  /** The last message about tariff or cost. */
  message?: string
}

/**
 * What transactions cost: calculated here from a tariff, or told by the CSMS; shown to the driver,
 * told in costDetails, and held against the limit of the transaction [2.0.1 I02, I03] [2.1 I12].
 */
class Costs {
  readonly #station: Station2x
  readonly #running = new Map<Evse, Running>()
  readonly #shown = new Map<Evse, Shown>()

  constructor(station: Station2x) {
    this.#station = station
  }

  shownAt(evse: Evse): Shown {
    const known = this.#shown.get(evse)
    if (known) return known
    const fresh: Shown = {}
    this.#shown.set(evse, fresh)
    return fresh
  }

  /** Of the transaction that is open there. */
  tariffAt(evse: Evse): Tariff | undefined {
    return this.#running.get(evse)?.meter?.tariff
  }

  /** EVSEs with a transaction that uses this tariff [2.1 I09.FR.06]. */
  usersOf({ tariffId }: Tariff): readonly number[] {
    return [...this.#running]
      .filter(([, { meter }]) => meter?.tariff.tariffId === tariffId)
      .map(([evse]) => evse.id)
  }

  /** What the last driver paid is none of the next one's business. */
  cleared(evse: Evse): void {
    const { message } = this.shownAt(evse)
    this.#shown.set(evse, message === undefined ? {} : { message })
  }

  /** The end of a transaction whose cost nobody can tell now [2.0.1 I05.FR.02]. */
  unknown(evse: Evse): void {
    const shown = this.shownAt(evse)
    if (shown.totalCost !== undefined) return
    shown.message = this.#station.model.text('TariffCostCtrlr.TotalCostFallbackMessage')
  }

  /** A TransactionEvent of a 2.1 station is about to be queued. */
  telling(evse: Evse, event: TransactionEventRequest): void {
    const { eventType, transactionInfo, timestamp } = event
    const atMs = Date.parse(timestamp)
    if (eventType === 'Started') this.#begin(evse, transactionInfo.transactionId, atMs)
    const running = this.#running.get(evse)
    if (running?.transactionId !== transactionInfo.transactionId) return
    this.#associate(evse, running)
    const { meter } = running
    meter?.advance(readingOf(evse, atMs))
    if (meter && !running.tariffTold) {
      running.tariffTold = true
      transactionInfo.tariffId = meter.tariff.tariffId
    }
    if (meter) this.#attach(evse, running, meter, event, atMs)
    if (eventType === 'Ended') this.#end(evse, running)
    else this.#watch(evse, running)
  }

  /** The CSMS says what a transaction costs [2.0.1 I02.FR.03, FR.04, I03.FR.03]. */
  told(evse: Evse, totalCost: number): void {
    if (this.#calculates(evse)) return
    const shown = this.shownAt(evse)
    shown.totalCost = totalCost
    shown.currency = this.#station.model.text('TariffCostCtrlr.Currency')
    transactionLimits.existing(this.#station)?.cost(evse, totalCost)
  }

  /** [2.0.1 I03.FR.03, I05.FR.02, I06.FR.03] */
  answered(evse: Evse, event: TransactionEventRequest, answer: TransactionEventResponse): void {
    const { totalCost, updatedPersonalMessage } = answer
    const current = this.#station.sessions.of(evse).transactionId
    if (event.transactionInfo.transactionId !== current) return
    if (updatedPersonalMessage) this.shownAt(evse).message = updatedPersonalMessage.content
    const own = event.costDetails && !event.costDetails.failureToCalculate
    if (totalCost !== undefined && !own) this.told(evse, totalCost)
  }

  /** From now on another tariff; tells the CSMS [2.1 I11.FR.07, I11.FR.08]. */
  change(session: Session, tariff: Tariff): void {
    const { evse, transactionId } = session
    if (!session.open || transactionId === undefined) return
    evse.advance()
    const atMs = this.#station.services.wireMs()
    const running = this.#running.get(evse) ?? this.#begin(evse, transactionId, atMs)
    const reading = readingOf(evse, atMs)
    if (running.meter) {
      running.meter.advance(reading)
      running.meter.change(tariff)
    } else {
      running.meter = costMeter(this.#station, evse, tariff, reading)
    }
    running.tariffTold = false
    session.occur({ change: {}, trigger: 'TariffChanged' })
  }

  /** Power is cut, or the run is over. */
  stop(): void {
    for (const running of this.#running.values()) disarm(running)
  }

  #begin(evse: Evse, transactionId: string, atMs: number): Running {
    const { simulated } = this.#station.services.clocks
    const running: Running = {
      transactionId,
      first: readingOf(evse, atMs),
      meter: undefined,
      tariffTold: false,
      toldMs: Number.NEGATIVE_INFINITY,
      updates: new Repeating(simulated),
      samples: new Repeating(simulated),
      limit: undefined,
    }
    this.#running.set(evse, running)
    return running
  }

  /** With the driver comes the tariff: his own, or the default [2.1 I07.FR.32, I08.FR.22]. */
  #associate(evse: Evse, running: Running): void {
    const { authorization } = evse
    if (running.meter || !authorization) return
    const station = this.#station
    if (!station.model.flag('TariffCostCtrlr.Enabled[Tariff]')) return
    const known = tariffs.existing(station)
    const { idToken } = authorization.token
    if (!known || known.failed(idToken) === 'CentralCost') return
    const tariff = known.driver(idToken) ?? known.defaultAt(evse.id, running.first.atMs)
    if (tariff) running.meter = costMeter(this.#station, evse, tariff, running.first)
  }

  #calculates(evse: Evse): boolean {
    const enabled = this.#station.model.flag('TariffCostCtrlr.Enabled[Cost]')
    return enabled && this.#running.get(evse)?.meter !== undefined
  }

  /** [2.1 I12.FR.01 to FR.03] */
  #attach(
    evse: Evse,
    running: Running,
    meter: CostMeter,
    event: TransactionEventRequest,
    atMs: number,
  ): void {
    const { model } = this.#station
    if (!model.flag('TariffCostCtrlr.Enabled[Cost]')) return
    if (event.eventType === 'Ended') {
      const failure = costFailure(evse)
      event.costDetails =
        failure === undefined ? meter.details(true) : failedCost(meter.tariff.currency, failure)
      noteProblem(this.#station, failure && 'CostCalculationFailed')
      return
    }
    if (!model.flag('TariffCostCtrlr.Enabled[RunningCost]')) return
    const intervalMs = model.integer('TariffCostCtrlr.Interval[Cost]') * 1000
    const due = event.triggerReason === 'RunningCost' || atMs - running.toldMs >= intervalMs
    if (!due) return
    running.toldMs = atMs
    event.costDetails = meter.details(false)
  }

  /** Shows the cost, tells it now and then, and notices when it gets to the limit. */
  #watch(evse: Evse, running: Running): void {
    const { meter } = running
    if (!meter) return
    const { model, sessions } = this.#station
    this.#show(evse, meter)
    if (!this.#calculates(evse)) return
    const tells = model.flag('TariffCostCtrlr.Enabled[RunningCost]')
    const tellMs = tells ? model.integer('TariffCostCtrlr.Interval[Cost]') * 1000 : 0
    running.updates.keep(tellMs, () => {
      const nowMs = this.#station.services.wireMs()
      if (!sessions.isOpen(evse) || nowMs - running.toldMs < tellMs) return
      sessions.of(evse).occur({ change: {}, trigger: 'RunningCost' })
    })
    const byFlow = depends(meter.tariff, ['minPower', 'maxPower', 'minCurrent', 'maxCurrent'])
    const sampleMs = byFlow ? model.integer('TariffCostCtrlr.Interval[Tariff]') * 1000 : 0
    running.samples.keep(sampleMs, () => this.#advance(evse, running, meter))
    this.#watchLimit(evse, running, meter)
  }

  #watchLimit(evse: Evse, running: Running, meter: CostMeter): void {
    running.limit?.()
    running.limit = undefined
    const { services } = this.#station
    const maxCost = transactionLimits.existing(this.#station)?.of(evse)?.maxCost
    if (maxCost === undefined) return
    const seconds = meter.secondsUntil(maxCost, horizonSeconds)
    if (seconds === undefined) return
    running.limit = services.clocks.simulated.after(seconds * 1000, () => {
      running.limit = undefined
      this.#advance(evse, running, meter)
      const { totalCost } = meter
      transactionLimits.existing(this.#station)?.cost(evse, totalCost)
      // The battery took less than was to be expected.
      if (totalCost < maxCost) this.#watchLimit(evse, running, meter)
    })
  }

  #advance(evse: Evse, running: Running, meter: CostMeter): void {
    if (this.#running.get(evse) !== running || !this.#station.sessions.isOpen(evse)) return
    evse.advance()
    meter.advance(readingOf(evse, this.#station.services.wireMs()))
    this.#show(evse, meter)
  }

  #show(evse: Evse, { totalCost, tariff }: CostMeter): void {
    const shown = this.shownAt(evse)
    shown.tariffId = tariff.tariffId
    if (!this.#calculates(evse)) return
    shown.totalCost = totalCost
    shown.currency = tariff.currency
  }

  #end(evse: Evse, running: Running): void {
    disarm(running)
    const { meter } = running
    if (costFailure(evse) !== undefined) delete this.shownAt(evse).totalCost
    else if (meter) this.#show(evse, meter)
    this.#running.delete(evse)
    drivers.existing(this.#station)?.left(evse)
  }
}

function disarm(running: Running): void {
  running.updates.stop()
  running.samples.stop()
  running.limit?.()
  running.limit = undefined
}

/** Those of a station; a station without tariffs, whom nobody tells a cost, has none. */
export const costs = new StationPart((station) => new Costs(station))
