import type {
  BootNotificationRequest,
  BootReasonEnumType,
  MeasurandEnumType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type {
  AuthorizeResponse,
  TransactionEventRequest,
  TransactionEventResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { Reply } from '../../../ocpp/rpc/service.ts'
import type { IssuedCall } from '../../executors/load-station.ts'
import type { ModemPlan } from '../../scenario/plan.ts'
import type { IdToken, StepResult } from '../../steps/actor.ts'
import type { Act } from '../../steps/acts.ts'
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
import { failed } from '../step-result.ts'
import { authorizers } from './authorization/authorizer.ts'
import { presentToken } from './authorization/present-token.ts'
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
    this.connectors = new Connectors(this)
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
    const { template, serial, memory } = this.services
    const firmwareVersion = memory.firmwareVersion ?? template.firmware
    return {
      reason: bootReasons[cause],
      chargingStation: {
        model: template.model,
        vendorName: template.vendor,
        ...(serial !== undefined && { serialNumber: serial }),
        ...(firmwareVersion !== undefined && { firmwareVersion }),
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
    for (const noticed of listeners.noticed) noticed(this, occurrence)
  }

  renewalLost(): void {
    for (const noticed of listeners.noticed) noticed(this, { kind: 'renewalLost' })
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

  async authorize(evse: Evse, token: IdToken): Promise<StepResult> {
    const answer = await presentToken(this, evse, token)
    if (!answer.ok) return answer
    const told = answer.answer as AuthorizeResponse | undefined
    for (const authorized of listeners.authorized) authorized(this, evse, token, told)
    const barred = this.barred(evse, token)
    return barred === undefined ? answer : failed(barred, answer.answer)
  }

  barred(evse: Evse, token: IdToken): string | undefined {
    for (const barred of listeners.barred) {
      const why = barred(this, evse, token)
      if (why !== undefined) return why
    }
    return undefined
  }

  mayStop(evse: Evse, token: IdToken): Promise<StepResult> {
    return authorizers.of(this).mayStop(this.sessions.of(evse), token)
  }

  act(evse: Evse, act: Act): Promise<StepResult> | undefined {
    for (const acted of listeners.acted) {
      const result = acted(this, evse, act)
      if (result) return result
    }
    return undefined
  }

  disconnected(): void {
    for (const disconnected of listeners.disconnected) disconnected(this)
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
    this.sessions.powerLost()
    for (const lost of listeners.powerLost) lost(this)
  }

  powerRestored(cause: PowerCause): void {
    this.model.booted()
    this.connectors.forget()
    this.sessions.powerRestored(cause)
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
        return this.#variableOfBlock(name, evse)
    }
  }

  #variableOfBlock(name: string, evse: Evse): unknown {
    for (const variable of listeners.variable) {
      const value = variable(this, evse, name)
      if (value !== undefined) return value
    }
    return undefined
  }

  telling({ evse }: Session, event: TransactionEventRequest): void {
    for (const telling of listeners.transactionEvent) telling(this, evse, event)
  }

  answered(
    { evse }: Session,
    answer: TransactionEventResponse,
    event: TransactionEventRequest,
  ): void {
    for (const answered of listeners.transactionAnswered) answered(this, evse, event, answer)
  }

  ended(session: Session): void {
    const { evse } = session
    // Made inoperative during the transaction: shows now.
    if (evse.plan.connectors.some((_type, at) => !this.memory.usable(evse.id, at + 1))) {
      this.services.unattended(this.connectors.reportChanged([evse]))
    }
    pendingResets.existing(this)?.ended(evse)
  }
}

function modemOf({ iccid, imsi }: ModemPlan): { iccid?: string; imsi?: string } {
  return { ...(iccid !== undefined && { iccid }), ...(imsi !== undefined && { imsi }) }
}
