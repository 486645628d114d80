import type { ConnectFailure } from '../../ocpp/dial.ts'
import type { FilePublisher } from '../../ocpp/file-publisher.ts'
import type { FileTransfer } from '../../ocpp/file-transfer.ts'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { CallError } from '../../ocpp/rpc/error-codes.ts'
import type { Reply, RpcService } from '../../ocpp/rpc/service.ts'
import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { StationCrypto } from '../../ocpp/station-crypto.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clocks } from '../../shared/clock.ts'
import type { Random } from '../../shared/random.ts'
import type { IssuedCall } from '../executors/load-station.ts'
import type { Grid } from '../physics/grid.ts'
import type { StationTemplate } from '../scenario/plan.ts'
import type { ChargeGoal, IdToken, StepResult } from '../steps/actor.ts'
import type { Act } from '../steps/acts.ts'
import type { StationAccess } from './access.ts'
import type { Activity } from './activity.ts'
import type { CertificateStore } from './certificate-store.ts'
import type { Evse } from './evse.ts'
import type { LedgerEntry } from './ledger.ts'
import type { StationMemory } from './memory.ts'
import type { TransactionQueue } from './transaction-queue.ts'

/**
 * What a version of the protocol is to the simulator: made once per process and shared by all its
 * stations. `protocol16` and `protocol2x` make one each.
 */
export interface StationProtocol {
  readonly version: OcppVersion
  /** From `stationService`: hands every CALL of the CSMS to `Station.serve`. */
  readonly service: RpcService<ServingStation>
  behaviour(station: StationServices): Behaviour
}

/** The side of a station that its RPC service sees. */
export interface ServingStation {
  serve(action: string, request: object): Reply<object> | Promise<Reply<object>>
}

/** Where a station stands with its CSMS; `none` until the first answer to a boot. */
export type RegistrationState = 'none' | 'pending' | 'rejected' | 'accepted'

/** Why a station boots, by what happened; each version has its own spelling. */
export type BootCause =
  | 'powerUp'
  | 'remoteReset'
  | 'scheduledReset'
  | 'firmwareUpdate'
  | 'triggered'
  /** It connected elsewhere than before, without a reboot. */
  | 'moved'

/** What became of power and with it of everything volatile. */
export type PowerCause = 'powerLoss' | 'reset'

/** Why energy stops; each version has its own spelling. */
export type StopCause =
  | 'local'
  | 'remote'
  | 'evDisconnected'
  | 'deauthorized'
  /** 2.1: the driver does not want to charge at this price. */
  | 'tariffNotAccepted'
  | 'unlock'
  | 'fault'
  | 'softReset'
  | 'hardReset'
  | 'powerLoss'
  /** The station rebooted on its own account. */
  | 'reboot'
  | 'emergency'
  | 'other'

/** Why a session ends, and by whose hand. */
export interface StopDetail {
  readonly cause: StopCause
  /** Overrides the spelling of the cause with a wire name of the version. */
  readonly reason?: string
  /** Who stopped it, where somebody presented a token. */
  readonly token?: IdToken
}

/** What happens at an EVSE. The EVSE is already in the new state when the behaviour hears of it. */
export type PhysicalEvent =
  | { readonly kind: 'pluggedIn' }
  /** `evse.authorization` stands now. */
  | { readonly kind: 'authorized' }
  /** It was withdrawn before energy began; connectTimeout: no EV within ConnectionTimeOut. */
  | { readonly kind: 'authorizationEnded'; readonly why: 'connectTimeout' | 'withdrawn' }
  /** The contactor closed on a plugged EV and a valid authorization. */
  | { readonly kind: 'energyStarted' }
  /** `evse.outlet.suspendedBy` changed. */
  | { readonly kind: 'suspensionChanged' }
  /** The contactor opened; `evse.authorization` is still there and cleared afterwards. */
  | { readonly kind: 'energyStopped'; readonly stop: StopDetail }
  | { readonly kind: 'unplugged' }
  /** `evse.fault` stands; where energy flowed, `energyStopped` came just before. */
  | { readonly kind: 'faulted' }
  | { readonly kind: 'faultCleared' }
  | { readonly kind: 'availabilityChanged' }
  /** Time to sample while charging (periodic), or at clock-aligned instants whatever goes on. */
  | { readonly kind: 'sampleDue'; readonly context: 'periodic' | 'clock' }

/** What the neutral core notices that may be a security event. */
export type Occurrence =
  | { readonly kind: 'clockSet'; readonly byMs: number }
  | {
      readonly kind: 'connectFailed'
      readonly failure: ConnectFailure
      readonly detail: string
      readonly httpStatus: number | undefined
    }
  /** The CSMS broke this rule of the RPC framework. */
  | { readonly kind: 'invalidMessage'; readonly rule: string }

/** Where a station connects to, if not as its fleet says. */
export interface NetworkRoute {
  /** With the identity at its end. */
  readonly url: string
  /** The identity that it names, as the user of Basic auth too. */
  readonly id: string
}

/** Settings that the neutral core obeys, read from the version's configuration each time. */
export interface StationSettings {
  /** Simulated ms; 0 = none. */
  readonly heartbeatIntervalMs: number
  /** Simulated ms to wait before the next BootNotification when the CSMS names no interval. */
  readonly bootRetryMs: number
  /** Simulated ms in which an authorised driver must plug in, 0 = no limit. */
  readonly connectionTimeoutMs: number
  /** Simulated ms between samples of a charging EVSE; 0 = none. */
  readonly sampleIntervalMs: number
  /** Simulated ms between clock-aligned samples; 0 = none. */
  readonly alignedIntervalMs: number
  /** Real ms between WebSocket pings; 0 = none. */
  readonly pingIntervalMs: number
  /** How often a transaction message is transmitted before it is dropped. */
  readonly transactionAttempts: number
  /** Simulated ms; the wait before retry k is k times this. */
  readonly transactionRetryMs: number
  /** Real ms [2.0.1 RetryBackOffWaitMinimum]. */
  readonly backOffMinimumMs: number
  /** Real ms [2.0.1 RetryBackOffRandomRange]. */
  readonly backOffRandomMs: number
  /** How often the wait doubles [2.0.1 RetryBackOffRepeatTimes]. */
  readonly backOffRepeats: number
  /** A remote start is authorised with the CSMS first. */
  readonly authorizeRemoteStart: boolean
  /** Basic auth password that the CSMS set; undefined = the plan's [2.0.1 A01]. */
  readonly password?: string | undefined
  /** Security profile as the station keeps it; undefined = the fleet's. */
  readonly securityProfile?: number | undefined
  /** Real ms a CALL may stay unanswered; undefined = the template's. */
  readonly callTimeoutMs?: number | undefined
  /** A cable that was pulled at the EV stays locked in its socket until somebody unlocks it. */
  readonly keepsCableLocked?: boolean | undefined
  /** Energy stops for good when the EV's side is unplugged; otherwise it is a suspension. */
  readonly stopOnEvDisconnect: boolean
}

/** Whether a CALL of the CSMS is served in this registration state. */
export type Admission = 'serve' | 'silent' | CallError

/**
 * What a version of the protocol makes of one physical station: translates what happens into its
 * messages, reads their answers, and serves the CSMS's CALLs by physical acts of the station. Holds
 * the version's own state of one station; what must survive a reboot lives in `StationMemory`.
 *
 * Methods with a `StepResult` resolve when the messages of the event were answered, or at once when
 * the station is offline (they wait in the queue then); they never reject.
 */
export interface Behaviour {
  readonly settings: StationSettings
  /** The payload of BootNotification. */
  bootRequest(cause: BootCause): object
  /**
   * A boot was accepted: adopt the interval (seconds; 0 = none given), and report all connectors if
   * it is the `first` answer of its kind and no repetition that the CSMS triggered.
   */
  registered(intervalSeconds: number, first: boolean): void
  /** The socket is back without a reboot; `offlineMs` is simulated. */
  reconnected(offlineMs: number): void
  /** The socket is closed. */
  disconnected?(): void
  admit(action: string, state: RegistrationState): Admission
  /** Answers a CALL of the CSMS; throws `CallError`. */
  serve(action: string, request: object): Reply<object> | Promise<Reply<object>>

  /** Asks whether this token may charge (cache and offline rules included); changes nothing. */
  authorize(evse: Evse, token: IdToken): Promise<StepResult>
  /** Why this place is closed to a token that may charge: reserved. Absent: never. */
  barred?(evse: Evse, token: IdToken): string | undefined
  /** Asks whether this token may end the open transaction. Absent: any may. */
  mayStop?(evse: Evse, token: IdToken): Promise<StepResult>
  happened(evse: Evse, event: PhysicalEvent): Promise<StepResult>
  /** What only some versions can tell of; absent or undefined: this one cannot. */
  act?(evse: Evse, act: Act): Promise<StepResult> | undefined
  /** A transaction is open on this EVSE; not one that a power loss interrupted. */
  inTransaction(evse: Evse): boolean
  /** Power is cut or the station reboots: note what persists of open transactions. */
  powerLost(cause: PowerCause): void
  /** Power is back, before the boot: queue what ends the transactions that the loss interrupted. */
  powerRestored(cause: PowerCause): void

  /**
   * Sends one CALL of traffic or of a mix; the station is online. Without a payload the physical
   * state makes one, silently (no StatusNotification besides), and a start where a transaction is
   * open becomes a stop and the reverse. Hot path: no promises, no timers.
   */
  issue(call: IssuedCall): void
  /** The run is over: no timer of its own is left running. */
  stopped?(): void
  /** Asked before every attempt to connect; undefined, or absent: as the fleet says. */
  route?(): NetworkRoute | undefined
  /** The socket opened; true: elsewhere than last time, so that it has to register anew. */
  opened?(): boolean
  /** Something that its security log may want to hold. */
  noticed?(occurrence: Occurrence): void
  /**
   * It got in with the certificate before the renewed one, which is discarded. Absent: both are kept
   * and the newest is presented [1.6 SWP A02.FR.09].
   */
  renewalLost?(): void
  /** The CSMS could not be reached with the profile it asked for: the old one holds again. */
  fellBack?(to: SecurityProfile): void
  /** Values for templates: transactionId ... of the last session on this EVSE. */
  variable(name: string, evse: Evse): unknown
}

/** How a CALL is handed to the wire. */
export interface SendOptions {
  /** The traffic it serves, for its instants and its `done`. */
  readonly traffic?: IssuedCall
  /** Allowed while the registration is Pending: a BootNotification or what the CSMS triggered. */
  readonly triggered?: boolean
}

/** What a behaviour has of its station. */
export interface StationServices {
  readonly id: string
  /** Run-wide. */
  readonly index: number
  readonly version: OcppVersion
  readonly template: StationTemplate
  readonly serial: string | undefined
  readonly ownToken: IdToken
  readonly clocks: Clocks
  readonly random: Random
  readonly memory: StationMemory
  /** Undefined: every download and upload fails. */
  readonly files: FileTransfer | undefined
  /** Undefined: a local controller publishes nothing. */
  readonly publisher: FilePublisher | undefined
  /** Undefined: it keeps no certificates. */
  readonly crypto: StationCrypto | undefined
  /** Its keys and certificates, made when first needed; undefined: it has no crypto. */
  readonly certificates: CertificateStore | undefined
  /** How it gets in: security profile and TLS. */
  readonly access: StationAccess
  readonly evses: readonly Evse[]
  /** What the station knows of the grid, made when first asked for; `changeGrid` changes it. */
  readonly grid: Grid
  readonly queue: TransactionQueue
  readonly registration: RegistrationState
  /** The socket is open and the boot accepted: CALLs may be sent. */
  readonly online: boolean
  /** Power is on. */
  readonly powered: boolean

  /** The station's own wall clock as it writes it on the wire, ISO 8601. */
  wireTime(): string
  /** The same in ms since the epoch. */
  wireMs(): number
  /** A fresh id, unique over fleet and runs, at most 36 characters: 2.x transaction ids. */
  nextId(): string

  /** Sends an ordinary CALL; settles as `unsent` when not online. Hot path. */
  send(
    action: string,
    payload: object,
    settled?: (outcome: CallOutcome) => void,
    options?: SendOptions,
  ): void
  /** Sends a SEND (2.1), which nobody answers; false: not online, nothing was sent. */
  sendUnanswered(action: string, payload: object): boolean
  /** `send` as a promise. */
  request(action: string, payload: object, options?: SendOptions): Promise<CallOutcome>
  /** Runs `fn` after the answer to the CALL being served went out. */
  afterwards(fn: () => void): void
  /** For what nobody waits for: a rejection is reported as a fault of csms. */
  unattended(promise: Promise<unknown>): void
  /** Sends BootNotification again now; TriggerMessage. */
  bootAgain(): void
  heartbeat(triggered?: boolean): void
  /** Closes the socket and connects anew, with the password that holds now. */
  reconnect(): void
  /** Settings changed: timers that depend on them are set anew. */
  settingsChanged(): void
  /** Every transaction of the run; open ones with the register of now. */
  books(): readonly LedgerEntry[]
  /** Opens a page in the books. */
  book(entry: LedgerEntry): void

  /** EVSE n, 1-based. */
  evse(id: number): Evse | undefined
  /** What people do at an EVSE, where the protocol makes them do it. */
  activity(evse: Evse): Activity
  /** A remote start: authorises if `settings` say so, then charges as soon as an EV is there. */
  remoteStart(
    evse: Evse,
    token: IdToken,
    options: { readonly remoteStartId?: number; readonly connector?: number },
  ): void
  /** Closes the contactor again for a transaction that went on without energy. */
  resumeEnergy(evse: Evse): Promise<StepResult>
  /** The EVSE offers no energy, or does again; the transaction goes on. */
  suspendEnergy(evse: Evse, on: boolean): Promise<StepResult>
  /**
   * Resolves when the first of the goals is reached, or none can be any more; energy counts from
   * when the EV was plugged in.
   */
  charged(evse: Evse, goal: ChargeGoal): Promise<StepResult>
  /** Unlocks a cable that was left in its socket, and the driver takes it. */
  releaseCable(evse: Evse): Promise<StepResult>
  /** Opens the contactor and tells the behaviour; without energy it withdraws the authorization. */
  stopEnergy(evse: Evse, stop: StopDetail): Promise<StepResult>
  /** Cuts power now and comes back by itself after the reboot time. */
  reboot(cause: BootCause): void
}
