import type { IssuedCall } from '../../executors/load-station.ts'
import type { EvPlan } from '../../scenario/plan.ts'
import type { StationServices } from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import type { ReservationBook } from '../reservation-book.ts'
import type { Configuration } from './configuration.ts'
import { sample } from './measurands.ts'
import type { StatusReports } from './status-reports.ts'
import type { Transaction } from './transaction.ts'
import type { Transactions } from './transactions.ts'

/** The EV of drawn transactions: a large battery, so that hours of load end in no full one. */
const ev: EvPlan = { batteryWh: 100_000, soc: 0.1, maxPowerW: 22_000, phases: 3, taperFrom: 0.8 }

const nothing: object = Object.freeze({})

/**
 * CALLs drawn by traffic and mixes, legal in the station's state. They change the physical state
 * silently: what is drawn is what is sent. Hot path: callbacks only.
 */
export class Traffic {
  readonly #station: StationServices
  readonly #configuration: Configuration
  readonly #transactions: Transactions
  readonly #statuses: StatusReports
  readonly #reservations: ReservationBook
  #turn = 0

  constructor(
    station: StationServices,
    configuration: Configuration,
    transactions: Transactions,
    statuses: StatusReports,
    reservations: ReservationBook,
  ) {
    this.#station = station
    this.#configuration = configuration
    this.#transactions = transactions
    this.#statuses = statuses
    this.#reservations = reservations
  }

  /** @param boot payload of a BootNotification */
  issue(call: IssuedCall, boot: () => object): void {
    if (call.payload) {
      this.#send(call.action, call.payload, call)
      return
    }
    switch (call.action) {
      case 'StartTransaction':
        this.#start(call)
        break
      case 'StopTransaction':
        this.#stop(call)
        break
      case 'MeterValues':
        this.#meterValues(call)
        break
      case 'Authorize':
        this.#send('Authorize', { idTag: this.#station.ownToken.idToken }, call)
        break
      case 'StatusNotification':
        this.#send('StatusNotification', this.#status(), call)
        break
      case 'BootNotification':
        this.#send('BootNotification', boot(), call)
        break
      case 'DataTransfer':
        this.#send('DataTransfer', { vendorId: this.#station.template.vendor }, call)
        break
      default:
        this.#send(call.action, nothing, call)
    }
  }

  #send(action: string, payload: object, call: IssuedCall): void {
    this.#station.send(action, payload, undefined, { traffic: call })
  }

  /** A start where a transaction is open everywhere is a stop, so that mixes keep their shares. */
  #start(call: IssuedCall): void {
    const evse = this.#next((candidate) => this.#idle(candidate))
    if (evse) this.#begin(evse, call)
    else if (this.#nextOpen()) this.#stop(call)
    else call.done({ kind: 'unsent', reason: 'closed' })
  }

  #stop(call: IssuedCall): void {
    const transaction = this.#nextOpen()
    if (transaction) this.#end(transaction, call)
    else this.#start(call)
  }

  #begin(evse: Evse, call: IssuedCall): void {
    const token = this.#station.ownToken
    if (evse.cable === undefined) evse.plug(1, ev)
    evse.authorization = { token, how: 'local', remoteStartId: undefined }
    evse.closePath()
    this.#statuses.finishing(evse, false)
    const { idToken: idTag } = token
    const reservationId = this.#reservations.use(evse, idTag)?.id
    this.#transactions.begin(evse, { idTag, reservationId }, undefined, call)
  }

  #end(transaction: Transaction, call: IssuedCall): void {
    const { evse } = transaction
    evse.advance()
    this.#transactions.end(transaction, { cause: 'local' }, undefined, call)
    evse.authorization = undefined
    evse.unplug()
  }

  #meterValues(call: IssuedCall): void {
    const evse = this.#next(() => true)
    if (!evse) {
      call.done({ kind: 'unsent', reason: 'closed' })
      return
    }
    evse.advance()
    const readings = this.#configuration.readings('MeterValuesSampledData')
    const value = sample(evse.outlet, readings, 'Sample.Periodic', this.#station.wireTime()) ?? {
      timestamp: this.#station.wireTime(),
      sampledValue: [{ value: String(evse.registerWh) }],
    }
    const transaction = this.#transactions.open(evse)
    if (transaction) this.#transactions.meter(transaction, [value], undefined, call)
    else this.#send('MeterValues', { connectorId: evse.connectorId, meterValue: [value] }, call)
  }

  #status(): object {
    this.#turn += 1
    const connectorId = (this.#turn % this.#statuses.connectors) + 1
    return this.#statuses.request(connectorId, this.#statuses.status(connectorId))
  }

  #idle(evse: Evse): boolean {
    return (
      evse.free &&
      this.#transactions.open(evse) === undefined &&
      this.#station.memory.usable(evse.id, evse.connector) &&
      !this.#reservations.closed(evse, this.#station.ownToken.idToken)
    )
  }

  #nextOpen(): Transaction | undefined {
    const evse = this.#next((candidate) => this.#transactions.open(candidate) !== undefined)
    return evse && this.#transactions.open(evse)
  }

  /** EVSEs take turns. */
  #next(suits: (evse: Evse) => boolean): Evse | undefined {
    const { evses } = this.#station
    for (let i = 0; i < evses.length; i += 1) {
      this.#turn += 1
      const evse = evses[this.#turn % evses.length]
      if (evse && suits(evse)) return evse
    }
    return undefined
  }
}
