import type {
  BootNotificationRequest,
  BootReasonEnumType,
  IdTokenInfoType,
  MeasurandEnumType,
  TransactionEventRequest,
} from 'typed-ocpp/dist/ocpp20/types.js'
import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { Reply } from '../../../ocpp/rpc/service.ts'
import type { IssuedCall } from '../../executors/load-station.ts'
import type { ModemPlan } from '../../scenario/plan.ts'
import type { IdToken, StepResult } from '../../steps/actor.ts'
import type {
  Admission,
  Behaviour,
  BootCause,
  NetworkRoute,
  Occurrence,
  PhysicalEvent,
  PowerCause,
  RegistrationState,
  StationServices,
} from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import type { StationMemory } from '../memory.ts'
import { Authorizer } from './authorization/authorizer.ts'
import { Connectors } from './availability/connectors.ts'
import type { Trigger } from './block.ts'
import { listeners, serve2x, triggerOf } from './blocks.ts'
import { happened } from './happenings.ts'
import { LoadTraffic } from './load-traffic.ts'
import { DeviceModel } from './provisioning/device-model/device-model.ts'
import type { VariableTable } from './provisioning/device-model/table.ts'
import { networkProfiles, profilesInUse } from './provisioning/network-profiles.ts'
import { pendingResets } from './provisioning/pending-resets.ts'
import { Settings2x } from './settings.ts'
import type { Station2x, Version2x } from './station-2x.ts'
import { stopSpelling } from './transactions/reasons.ts'
import type { Session, SessionHost } from './transactions/session.ts'
import { Sessions } from './transactions/sessions.ts'

const bootReasons: Readonly<Record<BootCause, BootReasonEnumType>> = {
  powerUp: 'PowerUp',
  remoteReset: 'RemoteReset',
  scheduledReset: 'ScheduledReset',
  firmwareUpdate: 'FirmwareUpdate',
  triggered: 'Triggered',
  // No reason of the specification says that it moved to another CSMS.
  moved: 'Unknown',
}

/** OCPP 2.0.1 and 2.1 on one station: the messages that its stations send are the same in both. */
export class Behaviour2x implements Behaviour, Station2x, SessionHost {
  readonly version: Version2x
  readonly services: StationServices
  readonly model: DeviceModel
  readonly settings: Settings2x
  readonly sessions: Sessions
  readonly connectors: Connectors
  readonly #authorizer: Authorizer
  #traffic: LoadTraffic | undefined
  #eventId = 0

  /** @param table and first values of the device model, shared by the stations of a template */
  constructor(
    version: Version2x,
    services: StationServices,
    table: VariableTable,
    templateValues: Readonly<Record<string, string>>,
  ) {
    this.version = version
    this.services = services
    this.model = new DeviceModel(this, table, templateValues)
    this.settings = new Settings2x(this)
    this.sessions = new Sessions(this)
    this.connectors = new Connectors(services, this.sessions)
    this.#authorizer = new Authorizer(services, this.model)
  }

  get memory(): StationMemory {
    return this.services.memory
  }

  measurands(variable: string): readonly MeasurandEnumType[] {
    return this.model.list(variable) as readonly MeasurandEnumType[]
  }

  nextEventId(): number {
    this.#eventId += 1
    return this.#eventId
  }

  bootRequest(cause: BootCause): BootNotificationRequest {
    const { template, serial } = this.services
    return {
      reason: bootReasons[cause],
      chargingStation: {
        model: template.model,
        vendorName: template.vendor,
        ...(serial !== undefined && { serialNumber: serial }),
        ...(template.firmware !== undefined && { firmwareVersion: template.firmware }),
        ...(template.modem && { modem: modemOf(template.modem) }),
      },
    }
  }

  registered(intervalSeconds: number, first: boolean): void {
    if (intervalSeconds > 0) {
      this.model.set('OCPPCommCtrlr.HeartbeatInterval', String(intervalSeconds))
    }
    if (first) this.connectors.reportAll()
    for (const registered of listeners.registered) registered(this, first)
  }

  route(): NetworkRoute | undefined {
    return profilesInUse(this)?.dial()
  }

  opened(): boolean {
    return networkProfiles.existing(this)?.opened() ?? false
  }

  noticed(occurrence: Occurrence): void {
    if (occurrence.kind === 'connectFailed') networkProfiles.existing(this)?.failed()
  }

  /** [2.0.1 B04] */
  reconnected(offlineMs: number): void {
    if (offlineMs > this.model.integer('OCPPCommCtrlr.OfflineThreshold') * 1000) {
      this.connectors.reportAll()
    } else {
      this.services.unattended(this.connectors.reportChanged())
    }
    for (const reconnected of listeners.reconnected) reconnected(this, offlineMs)
  }

  /** A CSMS must not call before it answered the boot, nor after a refusal [2.0.1 B03.FR.08]. */
  admit(_action: string, state: RegistrationState): Admission {
    if (state === 'accepted' || state === 'pending') return 'serve'
    return new CallError('SecurityError', 'the BootNotification is not accepted')
  }

  serve(action: string, request: object): Reply<object> | Promise<Reply<object>> {
    return serve2x(action, request, this)
  }

  authorize(_evse: Evse, token: IdToken): Promise<StepResult> {
    return this.#authorizer.ask(token)
  }

  happened(evse: Evse, event: PhysicalEvent): Promise<StepResult> {
    const told = happened(this, evse, event)
    for (const heard of listeners.happened) heard(this, evse, event)
    return told
  }

  inTransaction(evse: Evse): boolean {
    return this.sessions.isOpen(evse)
  }

  powerLost(): void {
    for (const session of this.sessions.open) session.interrupt()
    for (const lost of listeners.powerLost) lost(this)
  }

  powerRestored(cause: PowerCause): void {
    const { trigger, reason } = stopSpelling[cause === 'powerLoss' ? 'powerLoss' : 'hardReset']
    this.model.booted()
    this.connectors.forget()
    for (const evse of this.services.evses) this.sessions.of(evse).restore(trigger, reason)
    for (const restored of listeners.powerRestored) restored(this, cause)
  }

  stopped(): void {
    for (const stopped of listeners.stopped) stopped(this)
  }

  trigger(message: string): Trigger | undefined {
    return triggerOf(message)
  }

  issue(call: IssuedCall): void {
    this.#traffic ??= new LoadTraffic(this)
    this.#traffic.issue(call)
  }

  variable(name: string, evse: Evse): unknown {
    const session = this.sessions.of(evse)
    switch (name) {
      case 'transactionId':
        return session.transactionId
      case 'remoteStartId':
        return session.remoteStartId
      default:
        return undefined
    }
  }

  /** An idToken that is not Accepted ends or suspends its transaction [2.0.1 E05, C15]. */
  judged(session: Session, info: IdTokenInfoType, event: TransactionEventRequest): void {
    if (event.idToken && event.eventType !== 'Ended') this.#authorizer.learn(event.idToken, info)
    const current = event.transactionInfo.transactionId === session.transactionId
    if (!current || !session.open || !session.authorized) return
    const { services } = this
    if (info.status === 'Accepted') {
      if (session.withheld) this.#withhold(session, false)
    } else if (this.model.flag('TxCtrlr.StopTxOnInvalidId')) {
      services.unattended(services.stopEnergy(session.evse, { cause: 'deauthorized' }))
    } else {
      this.#withhold(session, true)
    }
  }

  /** Also before the contactor closes: energy must not begin to flow. */
  #withhold(session: Session, on: boolean): void {
    const { evse } = session
    session.withheld = on
    if (evse.energized) this.services.unattended(this.services.suspendEnergy(evse, on))
    else evse.suspend('evse', on)
  }

  ended(session: Session): void {
    const { evse } = session
    // Made inoperative during the transaction: shows now.
    if (!this.memory.usable(evse.id, evse.connector)) {
      this.services.unattended(this.connectors.reportChanged([evse]))
    }
    pendingResets.existing(this)?.ended(evse)
  }
}

function modemOf({ iccid, imsi }: ModemPlan): { iccid?: string; imsi?: string } {
  return { ...(iccid !== undefined && { iccid }), ...(imsi !== undefined && { imsi }) }
}
