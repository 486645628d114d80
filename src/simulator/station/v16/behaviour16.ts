import type { Reply, RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { SecurityProfile } from '../../../ocpp/security-profile.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { IssuedCall } from '../../executors/load-station.ts'
import type { IdToken, StepResult } from '../../steps/actor.ts'
import type {
  Admission,
  Behaviour,
  Occurrence,
  PhysicalEvent,
  PowerCause,
  RegistrationState,
  StationServices,
  StopDetail,
} from '../behaviour.ts'
import { type Evse, isPlugged } from '../evse.ts'
import type { ReservationHost } from '../reservation.ts'
import { ReservationBook } from '../reservation-book.ts'
import { attempt, done, failed } from '../step-result.ts'
import { Authorizations } from './authorizations.ts'
import { ChargingProfiles } from './charging-profiles.ts'
import { Configuration } from './configuration.ts'
import { checkProfile } from './feature-gate.ts'
import { FileJobs } from './file-jobs.ts'
import { serve16 } from './handlers.ts'
import { MeterReadings } from './meter-readings.ts'
import { Metering } from './metering.ts'
import { refuseIdTag } from './refused-id-tag.ts'
import { Resets } from './resets.ts'
import { Security } from './security.ts'
import { StatusReports } from './status-reports.ts'
import { Traffic } from './traffic.ts'
import type { Transaction } from './transaction.ts'
import type { AnswerReader } from './transaction-messages.ts'
import { Transactions } from './transactions.ts'

/** OCPP 1.6 on a physical station. Handlers of the CSMS's CALLs get it as their context. */
export class Behaviour16 implements Behaviour, AnswerReader {
  readonly station: StationServices
  readonly settings: Configuration
  readonly metering: Metering
  readonly transactions: Transactions
  readonly reservations: ReservationBook
  readonly statuses: StatusReports
  readonly resets: Resets
  readonly security: Security
  readonly #authorizations: Authorizations
  #chargingProfiles: ChargingProfiles | undefined
  #files: FileJobs | undefined
  #traffic: Traffic | undefined

  constructor(station: StationServices) {
    this.station = station
    this.settings = new Configuration(station)
    const readings = new MeterReadings(station, this.settings)
    this.transactions = new Transactions(station, this.settings, readings, this)
    this.metering = new Metering(station, readings, this.transactions)
    this.#authorizations = new Authorizations(station, this.settings, (idTag) =>
      this.statuses.warn(0, 'LocalListConflict', idTag),
    )
    this.reservations = new ReservationBook(this.#reservationHost())
    this.statuses = new StatusReports(station, this.settings, this.transactions, this.reservations)
    this.resets = new Resets(station, this.settings, this.transactions, this.statuses)
    this.security = new Security(this)
  }

  get chargingProfiles(): ChargingProfiles {
    this.#chargingProfiles ??= new ChargingProfiles(this.station, this.settings, this.transactions)
    return this.#chargingProfiles
  }

  /** Firmware and logs; made when the CSMS first asks for any of it. */
  get files(): FileJobs {
    this.#files ??= new FileJobs(this)
    return this.#files
  }

  bootRequest(): RequestOf<Actions16, 'BootNotification'> {
    const { memory, template, serial } = this.station
    const { meter, modem } = template
    const firmware = memory.firmwareVersion ?? template.firmware
    return {
      chargePointVendor: template.vendor,
      chargePointModel: template.model,
      ...(serial !== undefined && { chargePointSerialNumber: serial }),
      ...(firmware !== undefined && { firmwareVersion: firmware }),
      ...(modem?.iccid !== undefined && { iccid: modem.iccid }),
      ...(modem?.imsi !== undefined && { imsi: modem.imsi }),
      ...(meter?.type !== undefined && { meterType: meter.type }),
      ...(meter?.serial !== undefined && { meterSerialNumber: meter.serial }),
    }
  }

  registered(intervalSeconds: number, first: boolean): void {
    if (intervalSeconds > 0) this.settings.set('HeartbeatInterval', String(intervalSeconds))
    this.reservations.resume()
    // After a boot that the CSMS triggered, too [1.6 errata 3.22].
    this.statuses.reportAll()
    this.security.booted(first)
    if (first) this.#files?.booted()
  }

  reconnected(): void {
    this.statuses.reportUntold()
    this.security.reconnected()
    this.#files?.reconnected()
  }

  noticed(occurrence: Occurrence): void {
    this.security.noticed(occurrence)
  }

  fellBack(to: SecurityProfile): void {
    this.settings.set('SecurityProfile', String(to))
  }

  /** A rejected station does not answer at all [1.6 4.2]. */
  admit(_action: string, state: RegistrationState): Admission {
    return state === 'rejected' ? 'silent' : 'serve'
  }

  serve(action: string, request: object): Reply<object> | Promise<Reply<object>> {
    checkProfile(action, this.settings)
    return serve16(action, request, this)
  }

  /** Who may not charge here whatever the CSMS says of him is not asked for [1.6 5.13]. */
  async authorize(evse: Evse, { idToken }: IdToken): Promise<StepResult> {
    if (this.reservations.access(evse, idToken).kind === 'reserved') {
      return failed(reservedText(evse, idToken))
    }
    const result = await this.#authorizations.authorize(idToken)
    const closed = result.ok && this.reservations.closed(evse, idToken)
    return closed ? failed(reservedText(evse, idToken), result.answer) : result
  }

  barred(evse: Evse, { idToken }: IdToken): string | undefined {
    return this.reservations.closed(evse, idToken) ? reservedText(evse, idToken) : undefined
  }

  mayStop(evse: Evse, { idToken }: IdToken): Promise<StepResult> {
    const transaction = this.transactions.open(evse)
    return transaction ? this.#authorizations.mayStop(idToken, transaction) : Promise.resolve(done)
  }

  async happened(evse: Evse, event: PhysicalEvent): Promise<StepResult> {
    switch (event.kind) {
      case 'pluggedIn':
      case 'authorized':
      case 'unplugged':
        this.statuses.finishing(evse, false)
        return this.statuses.update(evse)
      case 'suspensionChanged':
        return this.#suspensionChanged(evse)
      case 'authorizationEnded':
      case 'faultCleared':
      case 'availabilityChanged':
        return this.statuses.update(evse)
      case 'faulted':
        this.reservations.review()
        return this.statuses.faulted(evse)
      case 'energyStarted':
        return this.#energyStarted(evse)
      case 'energyStopped':
        return this.#energyStopped(evse, event.stop)
      case 'sampleDue':
        return event.context === 'periodic'
          ? this.metering.periodic(evse)
          : this.metering.aligned(evse)
    }
  }

  inTransaction(evse: Evse): boolean {
    return this.transactions.open(evse) !== undefined
  }

  powerLost(cause: PowerCause): void {
    this.#files?.powerLost()
    this.security.stop()
    this.reservations.suspend()
    this.resets.cancel()
    this.statuses.suspend()
    // With the cable still in, what was interrupted waits for the driver, as after any stop.
    for (const evse of this.station.evses) {
      if (isPlugged(evse) && this.inTransaction(evse)) this.statuses.finishing(evse, true)
    }
    this.transactions.interrupt(cause)
  }

  powerRestored(cause: PowerCause): void {
    this.station.memory.applyPostponed()
    this.security.powerRestored(cause)
    this.transactions.tellInterrupted()
  }

  stopped(): void {
    this.#files?.stop()
    this.resets.cancel()
    this.statuses.suspend()
    this.security.stop()
    this.reservations.suspend()
  }

  issue(call: IssuedCall): void {
    this.#traffic ??= new Traffic(
      this.station,
      this.settings,
      this.transactions,
      this.statuses,
      this.reservations,
    )
    this.#traffic.issue(call, () => this.bootRequest())
  }

  variable(name: string, evse: Evse): unknown {
    const transaction = this.transactions.last(evse)
    switch (name) {
      case 'transactionId':
        return transaction?.id
      case 'idTag':
        return transaction?.idTag
      case 'connectorId':
        return transaction?.connectorId ?? evse.connectorId
      case 'reservationId':
        return transaction?.reservationId
      case 'meterStart':
        return transaction?.ledger.meterStartWh
      case 'meterStop':
        return transaction?.ledger.stoppedAt === undefined ? undefined : transaction.ledger.meterWh
      default:
        return undefined
    }
  }

  startAnswered(transaction: Transaction, answer: object): void {
    const { idTagInfo, transactionId } = answer as Partial<
      ResponseOf<Actions16, 'StartTransaction'>
    >
    if (typeof transactionId === 'number') {
      transaction.id = transactionId
      transaction.ledger.transactionId = String(transactionId)
    }
    transaction.ledger.startAcknowledged = true
    this.#authorizations.learn(transaction.idTag, idTagInfo)
    if (idTagInfo) transaction.parentIdTag = idTagInfo.parentIdTag
    if (idTagInfo?.status && idTagInfo.status !== 'Accepted') {
      this.station.unattended(refuseIdTag(this, transaction))
    }
  }

  stopAnswered(idTag: string, answer: object): void {
    const { idTagInfo } = answer as ResponseOf<Actions16, 'StopTransaction'>
    if (idTagInfo) this.#authorizations.learn(idTag, idTagInfo)
  }

  async #energyStarted(evse: Evse): Promise<StepResult> {
    const idTag = evse.authorization?.token.idToken ?? this.station.ownToken.idToken
    const reservationId = this.reservations.use(evse, idTag)?.id
    const started = attempt('StartTransaction', (attempted) =>
      this.transactions.begin(evse, { idTag, reservationId }, attempted),
    )
    const [result] = await Promise.all([started, this.statuses.update(evse)])
    const { idTagInfo } = (result.answer ?? {}) as Partial<
      ResponseOf<Actions16, 'StartTransaction'>
    >
    const accepted = idTagInfo === undefined || idTagInfo.status === 'Accepted'
    if (!result.ok || accepted) return result
    const reason = `StartTransaction with idTag ${idTag} was answered ${idTagInfo.status}`
    return failed(reason, result.answer)
  }

  async #energyStopped(evse: Evse, stop: StopDetail): Promise<StepResult> {
    const transaction = this.transactions.open(evse)
    if (!transaction) return this.statuses.update(evse)
    if (stop.cause === 'fault' || stop.cause === 'emergency') {
      this.transactions.keepOther(transaction)
    }
    const stopped = attempt('StopTransaction', (attempted) =>
      this.transactions.end(transaction, stop, attempted),
    )
    this.#files?.sessionEnded()
    // The cable that was pulled is no longer there to finish: `unplugged` follows.
    const unplugging = stop.cause === 'evDisconnected' && evse.leftCable === undefined
    if (!unplugging && isPlugged(evse)) this.statuses.finishing(evse, true)
    const reported = unplugging ? done : this.statuses.update(evse)
    const [result] = await Promise.all([stopped, reported])
    return result
  }

  #suspensionChanged(evse: Evse): Promise<StepResult> {
    const transaction = this.transactions.open(evse)
    const flows = evse.outlet.suspendedBy === undefined
    if (transaction) this.transactions.keepInterruption(transaction, flows)
    return this.statuses.update(evse)
  }

  #reservationHost(): ReservationHost {
    return {
      station: this.station,
      inUse: (evse) => this.inTransaction(evse),
      known: (_evse, idTag) => {
        const parent = this.#authorizations.parentOf(idTag)
        return parent && { groupId: parent.parentIdTag }
      },
      changed: () => this.statuses.updateAll(),
    }
  }
}

function reservedText({ connectorId }: Evse, idTag: string): string {
  return `connector ${connectorId} is reserved, and not for idTag ${idTag}`
}
