import type { CallOutcome } from '../../../ocpp/rpc/call.ts'
import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { faultCodes16 } from '../../../ocpp/v16/enumerations.ts'
import type { CancelTimer } from '../../../shared/clock.ts'
import type { StepResult } from '../../steps/actor.ts'
import type { SendOptions, StationServices } from '../behaviour.ts'
import { type ConnectorStatus, route, statusOf } from '../connector-machine.ts'
import type { Evse, Fault } from '../evse.ts'
import type { ReservationBook } from '../reservation-book.ts'
import { done, resultOf } from '../step-result.ts'
import type { Configuration } from './configuration.ts'
import type { Transactions } from './transactions.ts'

type StatusNotification = RequestOf<Actions16, 'StatusNotification'>

/** Conditions that charging goes on with: no connector is Faulted by them [1.6 3.5.2, 4.9]. */
const warnings: ReadonlySet<string> = new Set(['EVCommunicationError', 'LocalListConflict'])

const errorCodes: ReadonlySet<string> = new Set(faultCodes16.filter((code) => !warnings.has(code)))

function isErrorCode(code: string): code is StatusNotification['errorCode'] {
  return errorCodes.has(code)
}

/**
 * StatusNotification of the connectors and of connector 0, the station itself [1.6 4.9]. Offline
 * nothing is kept but the latest status; what the CSMS has not heard is told after the reconnect.
 */
export class StatusReports {
  readonly #station: StationServices
  readonly #configuration: Configuration
  readonly #transactions: Transactions
  readonly #reservations: ReservationBook
  /** By connectorId. */
  readonly #current: (ConnectorStatus | undefined)[] = []
  /** By connectorId: what the CSMS acknowledged, or is being told. */
  readonly #told: (ConnectorStatus | undefined)[] = []
  /** By connectorId: what Faulted was told with. */
  #faults: (Fault | undefined)[] | undefined
  /** By connectorId: what waits to be stable for MinimumStatusDuration. */
  #unstable: (Unstable | undefined)[] | undefined
  /** EVSEs whose last transaction ended with the cable still plugged. */
  #finishing: Set<Evse> | undefined

  constructor(
    station: StationServices,
    configuration: Configuration,
    transactions: Transactions,
    reservations: ReservationBook,
  ) {
    this.#station = station
    this.#configuration = configuration
    this.#transactions = transactions
    this.#reservations = reservations
  }

  get connectors(): number {
    const last = this.#station.evses[this.#station.evses.length - 1]
    return last ? last.firstConnectorId + last.connectors - 1 : 0
  }

  finishing(evse: Evse, on: boolean): void {
    if (!on) {
      this.#finishing?.delete(evse)
      return
    }
    this.#finishing ??= new Set()
    this.#finishing.add(evse)
  }

  /** The status that physics and the CSMS's orders amount to now. */
  status(connectorId: number): ConnectorStatus {
    const { memory } = this.#station
    const evse = this.evseOf(connectorId)
    if (!evse) return memory.controllerOperative ? 'Available' : 'Unavailable'
    const connector = connectorId - evse.firstConnectorId + 1
    const transaction = this.#transactions.open(evse)
    const here = evse.connector === connector
    return statusOf({
      faulted: evse.fault !== undefined,
      operative: memory.usable(evse.id, connector),
      plugged: evse.cable === connector || evse.leftCable === connector,
      inTransaction: transaction?.connector === connector,
      authorized: here && evse.authorization !== undefined,
      finishing: this.#finishing?.has(evse) ?? false,
      suspendedBy: evse.cable === undefined ? 'ev' : evse.outlet.suspendedBy,
      reserved: this.#reservations.reserved(evse, connector),
    })
  }

  evseOf(connectorId: number): Evse | undefined {
    return this.#station.evses.find(
      ({ firstConnectorId: first, connectors }) =>
        connectorId >= first && connectorId < first + connectors,
    )
  }

  /** Reports what changed at this EVSE, step by step as 4.9 allows it. */
  async update(evse: Evse): Promise<StepResult> {
    const first = evse.firstConnectorId
    let result: Promise<StepResult> | undefined
    for (let id = first; id < first + evse.connectors; id += 1) result = this.#change(id) ?? result
    // Whether another connector is the last one free may depend on this one.
    if (this.#reservations.stationWide) this.updateAll()
    return (await result) ?? done
  }

  /** Reports a fault of this EVSE: also where another was told before, for its errorCode. */
  async faulted(evse: Evse): Promise<StepResult> {
    const first = evse.firstConnectorId
    let result: Promise<StepResult> | undefined
    for (let id = first; id < first + evse.connectors; id += 1) {
      const changed = this.#change(id)
      const { code, info } = this.#faults?.[id] ?? {}
      if (this.#unstable?.[id]) continue
      if (changed) {
        result = changed
      } else if (evse.fault && (code !== evse.fault.code || info !== evse.fault.info)) {
        this.#told[id] = undefined
        result = this.#tell(id)
      }
    }
    return (await result) ?? done
  }

  /** Reports what changed anywhere, connector 0 included. */
  updateAll(): void {
    for (let id = 0; id <= this.connectors; id += 1) void this.#change(id)
  }

  /** After a boot: connector 0 and every connector [1.6 errata 3.22]. */
  reportAll(): void {
    for (let id = 0; id <= this.connectors; id += 1) {
      this.#settle(id)
      this.#current[id] = this.status(id)
      void this.#tell(id)
    }
  }

  /** After a reconnect: what the CSMS does not know yet. */
  reportUntold(): void {
    for (let id = 0; id <= this.connectors; id += 1) {
      if (this.#told[id] !== this.#current[id]) void this.#tell(id)
    }
  }

  /** TriggerMessage: the current status, changed or not. */
  trigger(connectorId: number): void {
    this.#settle(connectorId)
    this.#current[connectorId] = this.status(connectorId)
    void this.#tell(connectorId, { triggered: true })
  }

  /** Power is gone, or the run is over: nothing waits to become stable. */
  suspend(): void {
    for (const unstable of this.#unstable ?? []) unstable?.cancel()
    this.#unstable = undefined
  }

  /** A condition that charging goes on with, beside the status of now [1.6 4.9]. */
  warn(connectorId: number, errorCode: StatusNotification['errorCode'], info: string): void {
    const told = this.request(connectorId, this.#current[connectorId] ?? 'Available')
    this.#station.send('StatusNotification', { ...told, errorCode, info: info.slice(0, 50) })
  }

  request(connectorId: number, status: ConnectorStatus): StatusNotification {
    const evse = this.evseOf(connectorId)
    const fault = evse?.fault
    const timestamp = this.#station.wireTime()
    if (status !== 'Faulted' || !fault) {
      const plain = { connectorId, errorCode: 'NoError', status, timestamp } as const
      return evse && pulledAtEv(evse, status) ? { ...plain, info: 'EV side disconnected' } : plain
    }
    const errorCode = isErrorCode(fault.code) ? fault.code : 'OtherError'
    const info = fault.info ?? (errorCode === fault.code ? undefined : fault.code)
    return {
      connectorId,
      errorCode,
      status,
      timestamp,
      ...(info !== undefined && { info: info.slice(0, 50) }),
    }
  }

  #change(connectorId: number): Promise<StepResult> | undefined {
    const minimumMs = this.#configuration.number('MinimumStatusDuration') * 1000
    if (minimumMs > 0) {
      this.#changeWhenStable(connectorId, minimumMs)
      return undefined
    }
    const from = this.#current[connectorId] ?? 'Available'
    let result: Promise<StepResult> | undefined
    for (const status of route(from, this.status(connectorId))) {
      this.#current[connectorId] = status
      result = this.#tell(connectorId)
    }
    return result
  }

  /** What does not last for MinimumStatusDuration is not told at all [1.6 4.9, 9.1.20]. */
  #changeWhenStable(connectorId: number, minimumMs: number): void {
    const status = this.status(connectorId)
    if (this.#unstable?.[connectorId]?.status === status) return
    this.#settle(connectorId)
    if (status === (this.#current[connectorId] ?? 'Available')) return
    const cancel = this.#station.clocks.simulated.after(minimumMs, () => {
      this.#settle(connectorId)
      this.#current[connectorId] = status
      void this.#tell(connectorId)
    })
    this.#unstable ??= []
    this.#unstable[connectorId] = { status, cancel }
  }

  #settle(connectorId: number): void {
    this.#unstable?.[connectorId]?.cancel()
    if (this.#unstable) this.#unstable[connectorId] = undefined
  }

  #tell(connectorId: number, options?: SendOptions): Promise<StepResult> {
    const status = this.#current[connectorId] ?? 'Available'
    if (status === 'Faulted') {
      this.#faults ??= []
      this.#faults[connectorId] = this.evseOf(connectorId)?.fault
    }
    if (!this.#station.online && !options) return Promise.resolve(done)
    this.#told[connectorId] = status
    const settled = (outcome: CallOutcome): StepResult => {
      const heard = outcome.kind === 'result' || outcome.kind === 'invalid'
      if (!heard) this.#told[connectorId] = undefined
      return resultOf('StatusNotification', outcome)
    }
    const request = this.request(connectorId, status)
    return this.#station.request('StatusNotification', request, options).then(settled)
  }
}

interface Unstable {
  readonly status: ConnectorStatus
  readonly cancel: CancelTimer
}

/** [1.6 4.9] SuspendedEV and Finishing say in `info` that the cable was pulled at the EV. */
function pulledAtEv(evse: Evse, status: ConnectorStatus): boolean {
  if (status === 'Finishing') return evse.leftCable !== undefined
  return status === 'SuspendedEV' && evse.cable === undefined
}
