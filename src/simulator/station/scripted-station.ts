import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Cancel } from '../../shared/cancel.ts'
import type { Clocks } from '../../shared/clock.ts'
import { Random } from '../../shared/random.ts'
import { unlessCancelled } from '../../shared/waiting.ts'
import type { EvPlan } from '../scenario/plan.ts'
import type {
  ChargeGoal,
  ConnectorRef,
  GridChange,
  IdToken,
  IncomingCall,
  OneShotReply,
  StationActor,
  StepResult,
} from '../steps/actor.ts'
import type { Act } from '../steps/acts.ts'
import type { Activity } from './activity.ts'
import type { Evse } from './evse.ts'
import type { Station } from './station.ts'
import { StationCall } from './station-call.ts'
import { gridHappens } from './station-grid.ts'
import { done, doneWith, failed } from './step-result.ts'

/** Where an act takes place. */
interface Place {
  readonly evse: Evse
  readonly connector: number
  readonly activity: Activity
}

/** A station as a script plays it: turns the script's acts into those of the station. */
export class ScriptedStation implements StationActor {
  readonly #station: Station
  readonly random: Random

  /** @param purpose what plays it: each draws from a stream of its own */
  constructor(station: Station, purpose = 'script') {
    this.#station = station
    this.random = Random.stream(station.fleet.seed, purpose, station.id)
  }

  get id(): string {
    return this.#station.id
  }

  get index(): number {
    return this.#station.index
  }

  get fleet(): string {
    return this.#station.fleet.name
  }

  get version(): OcppVersion {
    return this.#station.version
  }

  get clocks(): Clocks {
    return this.#station.clocks
  }

  get ownToken(): IdToken {
    return this.#station.ownToken
  }

  async boot(cancel: Cancel): Promise<StepResult> {
    this.#station.boot()
    return this.#accepted(cancel)
  }

  async stand(cancel: Cancel): Promise<StepResult> {
    if (!this.#station.online) this.#station.boot()
    return this.#accepted(cancel)
  }

  disconnect(how: { readonly code?: number; readonly halfOpen?: boolean }): void {
    this.#station.link.leave(how.code ?? 1000, '', how.halfOpen)
  }

  async reconnect(cancel: Cancel, backOff = false): Promise<StepResult> {
    const { link, changes } = this.#station
    if (!this.#station.powered) return failed('the station has no power')
    if (backOff) link.resume()
    else link.connect()
    await changes.until(() => link.open, cancel)
    return done
  }

  powerLoss(): void {
    this.#station.powerLoss()
  }

  async powerUp(cancel: Cancel): Promise<StepResult> {
    if (this.#station.powered) return failed('the station has power already')
    this.#station.powerUp()
    return this.#accepted(cancel)
  }

  closeSocket(code: number, reason: string): void {
    this.#station.link.close(code, reason)
  }

  plugIn(at: ConnectorRef, ev: EvPlan): Promise<StepResult> {
    return this.#at(at, ({ activity, connector }) => activity.plugIn(connector, ev))
  }

  authorize(at: ConnectorRef, token: IdToken, cancel: Cancel): Promise<StepResult> {
    return this.#at(at, ({ activity, connector }) =>
      unlessCancelled(activity.authorize(connector, token), cancel),
    )
  }

  start(at: ConnectorRef, cancel: Cancel): Promise<StepResult> {
    return this.#at(at, ({ activity, connector }) =>
      unlessCancelled(activity.start(connector), cancel),
    )
  }

  charge(at: ConnectorRef, goal: ChargeGoal, cancel: Cancel): Promise<StepResult> {
    return this.#at(at, ({ activity }) => activity.charge(goal, cancel))
  }

  suspendEv(at: ConnectorRef, forMs: number | undefined, cancel: Cancel): Promise<StepResult> {
    return this.#at(at, async ({ activity }) => {
      const suspended = await activity.suspend('ev', true)
      if (!suspended.ok || forMs === undefined) return suspended
      await activity.charge({ forMs }, cancel)
      return activity.suspend('ev', false)
    })
  }

  stop(
    at: ConnectorRef,
    how: { readonly reason?: string; readonly token?: IdToken },
    cancel: Cancel,
  ): Promise<StepResult> {
    return this.#at(at, ({ activity }) =>
      unlessCancelled(activity.stopByDriver({ cause: 'local', ...how }), cancel),
    )
  }

  unplug(at: ConnectorRef, cancel: Cancel): Promise<StepResult> {
    return this.#at(at, ({ activity }) => unlessCancelled(activity.unplug(), cancel))
  }

  fault(
    at: ConnectorRef,
    what: { readonly code: string; readonly info?: string },
  ): Promise<StepResult> {
    const { code, info } = what
    return this.#at(at, ({ activity }) => activity.fault({ connector: at.connector, code, info }))
  }

  clearFault(at: ConnectorRef): Promise<StepResult> {
    return this.#at(at, ({ activity }) => activity.clearFault())
  }

  act(at: ConnectorRef, act: Act): Promise<StepResult> {
    const { behaviour, version } = this.#station
    return this.#at(
      at,
      ({ evse }) =>
        behaviour.act?.(evse, act) ??
        Promise.resolve(failed(`no station of ${version} can do that`)),
    )
  }

  gridEvent(change: GridChange): void {
    gridHappens(this.#station, change)
  }

  call(action: string, payload: object, timeoutMs?: number): Promise<CallOutcome> {
    const { link } = this.#station
    return new Promise((resolve) => {
      const details = { intendedMicros: 0, dueMicros: 0, timeoutMs, raw: true }
      link.call(new StationCall(link, action, payload, resolve, details))
    })
  }

  sendRaw(text: string): void {
    this.#station.link.sendRaw(text)
  }

  duplicateLast(): void {
    this.#station.link.duplicateLast()
  }

  pipeline(action: string, payload: object): void {
    this.#station.link.pipeline(action, payload)
  }

  get incoming(): readonly IncomingCall[] {
    return this.#station.incoming.recent
  }

  onIncoming(fn: (call: IncomingCall) => void): () => void {
    return this.#station.incoming.listen(fn)
  }

  overrideReply(reply: OneShotReply): void {
    this.#station.incoming.override(reply)
  }

  variable(name: string, at: ConnectorRef): unknown {
    const { fleet, memory, template } = this.#station
    if (name === 'files' || name === 'ftp') return fleet.fileServer?.[name]
    if (name === 'firmwareVersion') return memory.firmwareVersion ?? template.firmware
    const place = this.#find(at)
    return place && this.#station.behaviour.variable(name, place.evse)
  }

  async #accepted(cancel: Cancel): Promise<StepResult> {
    await this.#station.changes.until(() => this.#station.online, cancel)
    const answer = this.#station.bootAnswer
    return answer ? doneWith(answer) : done
  }

  #at(at: ConnectorRef, act: (place: Place) => Promise<StepResult>): Promise<StepResult> {
    const place = this.#find(at)
    if (place) return act(place)
    return Promise.resolve(
      failed(`this station has no connector ${at.connector} on EVSE ${at.evse}`),
    )
  }

  /**
   * EVSE and connector as 2.x numbers them. `connector: 2` alone also names the second connector of
   * the station, as 1.6 does, where EVSE 1 has only one.
   */
  #find(at: ConnectorRef): Place | undefined {
    const named = this.#station.evse(at.evse)
    if (named && at.connector >= 1 && at.connector <= named.connectors) {
      return { evse: named, connector: at.connector, activity: this.#station.activity(named) }
    }
    if (at.evse !== 1) return undefined
    const evse = this.#station.evses.find(
      ({ firstConnectorId: first, connectors }) =>
        at.connector >= first && at.connector < first + connectors,
    )
    if (!evse) return undefined
    const connector = at.connector - evse.firstConnectorId + 1
    return { evse, connector, activity: this.#station.activity(evse) }
  }
}
