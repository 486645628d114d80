import type { FilePublisher } from '../../ocpp/file-publisher.ts'
import type { FileTransfer } from '../../ocpp/file-transfer.ts'
import { IdSequence } from '../../ocpp/ids.ts'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { Reply } from '../../ocpp/rpc/service.ts'
import type { StationCrypto } from '../../ocpp/station-crypto.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { CancelTimer, Clocks } from '../../shared/clock.ts'
import { Random } from '../../shared/random.ts'
import type { IssuedCall, LoadStation } from '../executors/load-station.ts'
import type { Grid } from '../physics/grid.ts'
import type { StationTemplate } from '../scenario/plan.ts'
import type { StationIdentity } from '../scenario/station-identity.ts'
import type { ChargeGoal, IdToken, StationActor, StepResult } from '../steps/actor.ts'
import { StationAccess } from './access.ts'
import { Activities } from './activities.ts'
import type { Activity, RemoteStart } from './activity.ts'
import type {
  Behaviour,
  BootCause,
  PowerCause,
  RegistrationState,
  SendOptions,
  ServingStation,
  StationServices,
  StationSettings,
  StopDetail,
} from './behaviour.ts'
import { CertificateStore } from './certificate-store.ts'
import { Changes } from './changes.ts'
import { type Evse, evsesOf } from './evse.ts'
import { IncomingLog } from './incoming-log.ts'
import type { LedgerEntry } from './ledger.ts'
import { Link } from './link.ts'
import { StationMemory } from './memory.ts'
import { Registration } from './registration.ts'
import { Routine } from './routine.ts'
import { ScriptedStation } from './scripted-station.ts'
import { Serving } from './serving.ts'
import { StationCall } from './station-call.ts'
import { gridOf } from './station-grid.ts'
import type { StationFleet } from './station-options.ts'
import { TransactionQueue } from './transaction-queue.ts'
import { WireClock } from './wire-clock.ts'

/** Simulated ms from a reset to the first sign of life. */
const rebootMs = 2000

const offline: CallOutcome = { kind: 'unsent', reason: 'closed' }

/**
 * A virtual charging station: EVSEs, a behaviour that speaks one version of the protocol, a memory
 * that survives reboots, and the link to the CSMS. Knows no message but BootNotification and
 * Heartbeat, which all versions share.
 */
export class Station implements StationServices, ServingStation, LoadStation {
  readonly identity: StationIdentity
  readonly fleet: StationFleet
  readonly memory = new StationMemory()
  readonly evses: readonly Evse[]
  readonly queue: TransactionQueue
  readonly incoming = new IncomingLog()
  readonly #serving = new Serving(this, this.incoming)
  readonly changes = new Changes()
  readonly link: Link
  readonly access = new StationAccess(this)
  readonly behaviour: Behaviour
  readonly #registration: Registration
  readonly #wireClock: WireClock
  readonly #ids: IdSequence
  readonly #ledger: LedgerEntry[] = []
  readonly #routine: Routine
  readonly #activities = new Activities(this)
  #actor: StationActor | undefined
  #random: Random | undefined
  #rebootTimer: CancelTimer | undefined
  #powered = true
  #powerCause: PowerCause = 'powerLoss'
  #stopped = false
  #bootSinceMicros: number | undefined
  #offlineSinceMicros = 0

  constructor(fleet: StationFleet, identity: StationIdentity) {
    const { clocks, template } = fleet
    this.fleet = fleet
    this.identity = identity
    this.#ids = new IdSequence(fleet.runSalt, identity.index.toString(36))
    this.#wireClock = new WireClock(clocks.simulated, fleet.speed, fleet.backdateMs)
    this.evses = evsesOf(template, () => clocks.simulated.monotonicMicros() / 1000)
    this.#routine = new Routine(this)
    this.queue = this.#newQueue()
    this.#registration = this.#newRegistration()
    this.link = new Link(this, fleet, this.#ids)
    this.behaviour = fleet.protocol.behaviour(this)
    if (template.grid) gridOf(this)
  }

  get id(): string {
    return this.identity.id
  }

  get index(): number {
    return this.identity.index
  }

  get serial(): string | undefined {
    return this.identity.serial
  }

  get ownToken(): IdToken {
    return this.identity.token
  }

  get version(): OcppVersion {
    return this.fleet.protocol.version
  }

  get template(): StationTemplate {
    return this.fleet.template
  }

  get clocks(): Clocks {
    return this.fleet.clocks
  }

  get grid(): Grid {
    return gridOf(this)
  }

  get settings(): StationSettings {
    return this.behaviour.settings
  }

  get files(): FileTransfer | undefined {
    return this.fleet.files
  }

  get publisher(): FilePublisher | undefined {
    return this.fleet.publisher
  }

  get crypto(): StationCrypto | undefined {
    return this.fleet.crypto
  }

  get certificates(): CertificateStore | undefined {
    const { memory, fleet, identity } = this
    if (!fleet.crypto) return undefined
    memory.certificates ??= new CertificateStore(
      fleet.crypto,
      fleet.factoryCertificates?.(identity),
    )
    return memory.certificates
  }

  /** The stream of what the station itself draws (back-off), not of its script. */
  get random(): Random {
    this.#random ??= Random.stream(this.fleet.seed, 'station', this.id)
    return this.#random
  }

  /** The station as scripts play it. */
  get actor(): StationActor {
    this.#actor ??= new ScriptedStation(this)
    return this.#actor
  }

  get registration(): RegistrationState {
    return this.#registration.state
  }

  get online(): boolean {
    return this.link.open && this.#registration.state === 'accepted'
  }

  get ready(): boolean {
    return this.online
  }

  /** Transaction messages wait, and the station is on the network or on its way there. */
  get delivering(): boolean {
    return this.queue.length > 0 && this.link.state !== 'idle'
  }

  /** What came between the station and its acceptance last, in words. */
  get obstacle(): string | undefined {
    return this.#registration.obstacle
  }

  get powered(): boolean {
    return this.#powered
  }

  /** The answer to the last BootNotification. */
  get bootAnswer(): object | undefined {
    return this.#registration.answer
  }

  /** The station's books: every transaction of the run, open ones with the register of now. */
  books(): readonly LedgerEntry[] {
    for (const entry of this.#ledger) {
      const evse = this.evse(entry.evse)
      if (entry.stoppedAt !== undefined || !evse) continue
      evse.advance()
      entry.meterWh = evse.registerWh
    }
    return this.#ledger
  }

  /** Connects and boots, unless that is under way; returns at once. */
  boot(): void {
    if (!this.#powered) this.powerUp()
    else if (!this.#registration.underWay) this.#registration.begin('powerUp')
    this.link.connect()
  }

  /**
   * Power is cut: no closing handshake, energy stops, everything volatile is forgotten. A reset
   * takes the time to close the socket: dropping it could swallow the answer to Reset.
   */
  powerLoss(cause: PowerCause = 'powerLoss'): void {
    if (!this.#powered) return
    for (const evse of this.evses) evse.advance()
    this.behaviour.powerLost(cause)
    this.#powered = false
    this.#powerCause = cause
    for (const evse of this.evses) this.activity(evse).powerLost()
    this.link.leave(cause === 'reset' ? 1001 : 1006, '')
    this.#registration.forget()
    this.#routine.stop()
    this.changes.notify()
  }

  /** Power is back: connects, boots, and reports what the loss interrupted. */
  powerUp(cause: BootCause = 'powerUp'): void {
    if (this.#powered || this.#stopped) return
    this.#rebootTimer?.()
    this.#rebootTimer = undefined
    this.#powered = true
    this.behaviour.powerRestored(this.#powerCause)
    this.#registration.begin(cause)
    this.link.connect()
  }

  reboot(cause: BootCause): void {
    // Without power there is nothing to reboot, and nobody who would switch it on again.
    if (!this.#powered) return
    this.powerLoss('reset')
    this.#rebootTimer ??= this.clocks.simulated.after(rebootMs, () => this.powerUp(cause))
  }

  /** The run is over: nothing of this station is left running. */
  stop(how: { readonly graceful: boolean }): void {
    this.#stopped = true
    this.#rebootTimer?.()
    this.#routine.stop()
    this.#activities.stop()
    this.behaviour.stopped?.()
    this.link.stop(how.graceful ? 1000 : 1006, '')
    this.queue.suspend()
    this.#registration.forget()
  }

  /** Finds CALLs that nobody answered; called about ten times a second. */
  sweep(nowMicros: number): void {
    this.link.sweep(nowMicros)
  }

  issue(call: IssuedCall): void {
    if (this.online) this.behaviour.issue(call)
    else call.done(offline)
  }

  wireTime(): string {
    return this.#wireClock.iso()
  }

  wireMs(): number {
    return this.#wireClock.ms
  }

  nextId(): string {
    return this.#ids.next()
  }

  send(
    action: string,
    payload: object,
    settled?: (outcome: CallOutcome) => void,
    options?: SendOptions,
  ): void {
    const allowed = this.online || (options?.triggered === true && this.#mayTrigger)
    if (allowed) {
      const { traffic } = options ?? {}
      this.link.call(new StationCall(this.link, action, payload, settled, traffic, traffic))
    } else {
      settled?.(offline)
      options?.traffic?.done(offline)
    }
  }

  sendUnanswered(action: string, payload: object): boolean {
    if (this.online) this.link.sendUnanswered(action, payload)
    return this.online
  }

  request(action: string, payload: object, options?: SendOptions): Promise<CallOutcome> {
    return new Promise((resolve) => this.send(action, payload, resolve, options))
  }

  afterwards(fn: () => void): void {
    // The connection writes the answer in the same turn as its handler returns it.
    void Promise.resolve().then(fn)
  }

  unattended(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => this.fleet.observer.fault(this, 'unattended act', error))
  }

  bootAgain(): void {
    if (this.link.open) this.#registration.again('triggered')
  }

  heartbeat(triggered = false): void {
    const settled = (outcome: CallOutcome): void => {
      if (outcome.kind === 'result') this.adoptTime(outcome.payload)
    }
    this.send('Heartbeat', {}, settled, { triggered })
  }

  sampleAligned(): void {
    for (const evse of this.evses) {
      evse.advance()
      this.unattended(this.behaviour.happened(evse, { kind: 'sampleDue', context: 'clock' }))
    }
  }

  /** Reads the `currentTime` of an answer. */
  adoptTime(answer: object): void {
    const byMs = this.#wireClock.adopt((answer as { readonly currentTime?: unknown }).currentTime)
    if (byMs === 0) return
    if (this.#registration.state === 'accepted') this.#routine.clockSet()
    this.behaviour.noticed?.({ kind: 'clockSet', byMs })
  }

  reconnect(): void {
    this.link.close(1000, 'new credentials')
  }

  settingsChanged(): void {
    if (this.#registration.state !== 'accepted') return
    this.#routine.follow()
    this.link.settingsChanged()
    this.#activities.settingsChanged()
  }

  book(entry: LedgerEntry): void {
    this.#ledger.push(entry)
  }

  evse(id: number): Evse | undefined {
    return this.evses[id - 1]
  }

  remoteStart(evse: Evse, token: IdToken, options: RemoteStart): void {
    this.activity(evse).remoteStart(token, this.settings.authorizeRemoteStart, options)
  }

  suspendEnergy(evse: Evse, on: boolean): Promise<StepResult> {
    return this.activity(evse).suspend('evse', on)
  }

  resumeEnergy(evse: Evse): Promise<StepResult> {
    return this.activity(evse).resume()
  }

  charged(evse: Evse, goal: ChargeGoal): Promise<StepResult> {
    return this.#activities.charged(evse, goal)
  }

  releaseCable(evse: Evse): Promise<StepResult> {
    return this.activity(evse).releaseCable()
  }

  stopEnergy(evse: Evse, stop: StopDetail): Promise<StepResult> {
    return this.activity(evse).stop(stop)
  }

  /** What goes on at an EVSE. */
  activity(evse: Evse): Activity {
    return this.#activities.at(evse)
  }

  linkOpened(): void {
    const moved = this.behaviour.opened?.() ?? false
    // A boot that is under way registers it anyway.
    if (moved && this.#registration.state === 'accepted') this.#registration.begin('moved')
    else this.#registration.linkOpened()
    if (this.#registration.state === 'accepted') {
      const now = this.clocks.simulated.monotonicMicros()
      this.behaviour.reconnected((now - this.#offlineSinceMicros) / 1000)
      this.queue.resume()
    }
    this.changes.notify()
  }

  linkClosed(): void {
    this.#offlineSinceMicros = this.clocks.simulated.monotonicMicros()
    this.behaviour.disconnected?.()
    this.queue.suspend()
    this.#serving.forget()
    this.#registration.linkClosed()
    this.changes.notify()
  }

  /** The CSMS or the network ended the connection. */
  cutOff(code: number, reason: string): void {
    this.#registration.cutOff(code, reason)
  }

  serve(action: string, request: object): Reply<object> | Promise<Reply<object>> {
    return this.#serving.serve(action, request)
  }

  /** Whether it is by the scenario's will that the CSMS seems to break a rule. */
  provokes(rule: string): boolean {
    return this.#serving.provokes(rule)
  }

  get #mayTrigger(): boolean {
    const { state } = this.#registration
    return this.link.open && (state === 'pending' || state === 'accepted')
  }

  #newQueue(): TransactionQueue {
    return new TransactionQueue({
      station: this,
      transmit: (action, payload, traffic, fixedId, settled) => {
        const { intendedMicros = 0, dueMicros = 0 } = traffic ?? {}
        const details = { intendedMicros, dueMicros, fixedId }
        this.link.call(new StationCall(this.link, action, payload, settled, details))
      },
    })
  }

  #newRegistration(): Registration {
    return new Registration({
      station: this,
      sendBoot: (cause, settled) => {
        this.#bootSinceMicros ??= this.clocks.real.monotonicMicros()
        const payload = this.behaviour.bootRequest(cause)
        this.link.call(new StationCall(this.link, 'BootNotification', payload, settled))
      },
      bootAnswered: (answer) => this.adoptTime(answer),
      bootAccepted: (intervalSeconds, first) => this.#accepted(intervalSeconds, first),
    })
  }

  #accepted(intervalSeconds: number, first: boolean): void {
    const now = this.clocks.real.monotonicMicros()
    this.behaviour.registered(intervalSeconds, first)
    this.settingsChanged()
    this.queue.resume()
    if (first) this.fleet.observer.bootAccepted(this, now - (this.#bootSinceMicros ?? now))
    this.#bootSinceMicros = undefined
    this.changes.notify()
  }
}
