import type { CallOutcome } from '../../../ocpp/rpc/call.ts'
import type { Reply, RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { IssuedCall } from '../../executors/load-station.ts'
import type { IdToken, StepResult } from '../../steps/actor.ts'
import type {
  Admission,
  Behaviour,
  PhysicalEvent,
  PowerCause,
  RegistrationState,
  StationServices,
  StopDetail,
} from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import { done, failed, resultOf } from '../step-result.ts'
import { Authorizations } from './authorizations.ts'
import { Configuration } from './configuration.ts'
import { serve16 } from './handlers.ts'
import { type MeterValue, type ReadingContext, sample } from './measurands.ts'
import { StatusReports } from './status-reports.ts'
import { Traffic } from './traffic.ts'
import type { Transaction } from './transaction.ts'
import type { AnswerReader } from './transaction-messages.ts'
import { Transactions } from './transactions.ts'

/** OCPP 1.6 on a physical station. Handlers of the CSMS's CALLs get it as their context. */
export class Behaviour16 implements Behaviour, AnswerReader {
  readonly station: StationServices
  readonly settings: Configuration
  readonly transactions: Transactions
  readonly statuses: StatusReports
  readonly #authorizations: Authorizations
  #traffic: Traffic | undefined

  constructor(station: StationServices) {
    this.station = station
    this.settings = new Configuration(station)
    this.transactions = new Transactions(station, this.settings, this)
    this.statuses = new StatusReports(station, this.transactions)
    this.#authorizations = new Authorizations(station, this.settings)
  }

  bootRequest(): RequestOf<Actions16, 'BootNotification'> {
    const { template, serial } = this.station
    const { firmware } = template
    return {
      chargePointVendor: template.vendor,
      chargePointModel: template.model,
      ...(serial !== undefined && { chargePointSerialNumber: serial }),
      ...(firmware !== undefined && { firmwareVersion: firmware }),
    }
  }

  registered(intervalSeconds: number, first: boolean): void {
    if (intervalSeconds > 0) this.settings.set('HeartbeatInterval', String(intervalSeconds))
    if (first) this.statuses.reportAll()
  }

  reconnected(): void {
    this.statuses.reportUntold()
  }

  /** A rejected station does not answer at all [1.6 4.2]. */
  admit(_action: string, state: RegistrationState): Admission {
    return state === 'rejected' ? 'silent' : 'serve'
  }

  serve(action: string, request: object): Reply<object> | Promise<Reply<object>> {
    return serve16(action, request, this)
  }

  authorize(_evse: Evse, token: IdToken): Promise<StepResult> {
    return this.#authorizations.authorize(token.idToken)
  }

  async happened(evse: Evse, event: PhysicalEvent): Promise<StepResult> {
    switch (event.kind) {
      case 'pluggedIn':
      case 'authorized':
      case 'unplugged':
        this.statuses.finishing(evse, false)
        return this.statuses.update(evse)
      case 'authorizationEnded':
      case 'suspensionChanged':
      case 'faultCleared':
      case 'availabilityChanged':
        return this.statuses.update(evse)
      case 'faulted':
        return this.statuses.faulted(evse)
      case 'energyStarted':
        return this.#energyStarted(evse)
      case 'energyStopped':
        return this.#energyStopped(evse, event.stop)
      case 'sampleDue':
        return event.context === 'periodic' ? this.#periodic(evse) : this.#aligned(evse)
    }
  }

  inTransaction(evse: Evse): boolean {
    return this.transactions.open(evse) !== undefined
  }

  powerLost(cause: PowerCause): void {
    this.transactions.interrupt(cause)
    for (const evse of this.station.evses) this.statuses.finishing(evse, false)
  }

  powerRestored(): void {
    this.transactions.tellInterrupted()
  }

  issue(call: IssuedCall): void {
    this.#traffic ??= new Traffic(this.station, this.settings, this.transactions, this.statuses)
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
    if (idTagInfo?.status && idTagInfo.status !== 'Accepted') this.#refused(transaction)
  }

  stopAnswered(idTag: string, answer: object): void {
    const { idTagInfo } = answer as ResponseOf<Actions16, 'StopTransaction'>
    if (idTagInfo) this.#authorizations.learn(idTag, idTagInfo)
  }

  /** MeterValues of a connector now: of its transaction, or just of its meter. */
  meterValues(evse: Evse, context: ReadingContext, triggered: boolean): Promise<StepResult> {
    evse.advance()
    const list = context === 'Sample.Clock' ? 'MeterValuesAlignedData' : 'MeterValuesSampledData'
    const readings = this.settings.readings(list)
    const value = sample(evse.outlet, readings, context, this.station.wireTime())
    if (!value) return Promise.resolve(done)
    const transaction = this.transactions.open(evse)
    return transaction
      ? this.#awaited('MeterValues', (attempted) =>
          this.transactions.meter(transaction, value, attempted),
        )
      : this.#meterValuesAlone(evse, value, triggered)
  }

  async #meterValuesAlone(evse: Evse, value: MeterValue, triggered: boolean): Promise<StepResult> {
    const request: RequestOf<Actions16, 'MeterValues'> = {
      connectorId: evse.connectorId,
      meterValue: [value],
    }
    const outcome = await this.station.request('MeterValues', request, { triggered })
    return resultOf('MeterValues', outcome)
  }

  async #energyStarted(evse: Evse): Promise<StepResult> {
    const idTag = evse.authorization?.token.idToken ?? this.station.ownToken.idToken
    const started = this.#awaited('StartTransaction', (attempted) =>
      this.transactions.begin(evse, idTag, attempted),
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
    const stopped = this.#awaited('StopTransaction', (attempted) =>
      this.transactions.end(transaction, stop, attempted),
    )
    // The cable that was pulled is no longer there to finish: `unplugged` follows.
    const unplugging = stop.cause === 'evDisconnected'
    if (!unplugging && evse.cable !== undefined) this.statuses.finishing(evse, true)
    const reported = unplugging ? done : this.statuses.update(evse)
    const [result] = await Promise.all([stopped, reported])
    return result
  }

  async #periodic(evse: Evse): Promise<StepResult> {
    const transaction = this.transactions.open(evse)
    if (!transaction) return done
    this.transactions.keepPeriodic(transaction)
    return this.meterValues(evse, 'Sample.Periodic', false)
  }

  async #aligned(evse: Evse): Promise<StepResult> {
    const transaction = this.transactions.open(evse)
    if (transaction) this.transactions.keepAligned(transaction)
    else if (!this.station.online) return done
    return this.meterValues(evse, 'Sample.Clock', false)
  }

  /**
   * The CSMS refused the idTag in its answer to StartTransaction: the transaction ends if
   * StopTransactionOnInvalidId, otherwise it stays open without energy [1.6 4.8, 9.1.19].
   */
  #refused(transaction: Transaction): void {
    if (this.transactions.open(transaction.evse) !== transaction) return
    const ending = this.settings.flag('StopTransactionOnInvalidId')
      ? this.station.stopEnergy(transaction.evse, { cause: 'deauthorized' })
      : this.station.suspendEnergy(transaction.evse, true)
    this.station.unattended(ending)
  }

  #awaited(
    action: string,
    add: (attempted: (outcome: CallOutcome) => void) => void,
  ): Promise<StepResult> {
    return new Promise((resolve) => add((outcome) => resolve(resultOf(action, outcome))))
  }
}
