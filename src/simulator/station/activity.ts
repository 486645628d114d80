import type { Cancel } from '../../shared/cancel.ts'
import type { Clocks } from '../../shared/clock.ts'
import type { EvPlan } from '../scenario/plan.ts'
import type { ChargeGoal, IdToken, StepResult } from '../steps/actor.ts'
import { ActivityTimers } from './activity-timers.ts'
import type { Behaviour, PhysicalEvent, StopCause, StopDetail } from './behaviour.ts'
import { Changes } from './changes.ts'
import { ChargeWatch } from './charge-watch.ts'
import { type Evse, type Fault, isSocket } from './evse.ts'
import { done, failed } from './step-result.ts'

/** Whose EVSE it is, and what the activity there asks of him. */
export interface ActivityHost {
  readonly station: {
    readonly powered: boolean
    readonly clocks: Clocks
    readonly behaviour: Behaviour
    readonly ownToken: IdToken
    unattended(promise: Promise<unknown>): void
  }
  /** This connector of the EVSE was not made inoperative. */
  usable(connector: number): boolean
}

/** What the CSMS says of a remote start beside the token [1.6 5.11, 2.0.1 F01/F02]. */
export interface RemoteStart {
  readonly remoteStartId?: number
  readonly connector?: number
}

/**
 * What goes on at one EVSE: the acts of drivers, EVs and the CSMS in physical terms, and the timers
 * that follow from them (samples, full battery, connection timeout; simulated time). Plugs,
 * contactor and faults change at once; only the result of an act waits for answers. Made when the
 * first act needs it.
 */
export class Activity {
  readonly #host: ActivityHost
  readonly #evse: Evse
  readonly #changes = new Changes()
  readonly #timers: ActivityTimers
  #suspendedBy: 'ev' | 'evse' | undefined
  /** A remote start between its acceptance and the flow of energy. */
  #starting: Promise<StepResult> | undefined
  /** How the last session on this cable ended. */
  #endedBy: StopCause | undefined

  constructor(host: ActivityHost, evse: Evse) {
    this.#host = host
    this.#evse = evse
    this.#timers = new ActivityTimers(host.station.clocks.simulated)
    evse.onLimit = () => host.station.unattended(this.#refresh())
  }

  async plugIn(connector: number, ev: EvPlan): Promise<StepResult> {
    const evse = this.#evse
    if (evse.cable !== undefined) return failed(`an EV is already plugged into EVSE ${evse.id}`)
    evse.leftCable = undefined
    evse.plug(connector, ev)
    evse.wanted = undefined
    this.#endedBy = undefined
    const continued = this.#behaviour.inTransaction(evse) && evse.authorization !== undefined
    if (continued) this.#closePath()
    const told = this.#tell({ kind: 'pluggedIn' })
    if (evse.authorization?.how === 'remote' && !continued) {
      this.#host.station.unattended(this.#begin())
    }
    return told
  }

  async authorize(connector: number, token: IdToken): Promise<StepResult> {
    const evse = this.#evse
    if (!this.#host.station.powered) return failed('the station has no power')
    const answer = await this.#behaviour.authorize(evse, token)
    const locked = evse.leftCable !== undefined && !this.#behaviour.inTransaction(evse)
    if (answer.ok && locked) await this.releaseCable()
    else if (answer.ok) await this.#grant(token, 'local', { connector })
    return answer
  }

  /** Starts charging with the authorization that stands, or with the station's own token. */
  async start(connector: number): Promise<StepResult> {
    if (this.#starting) return this.#starting
    const evse = this.#evse
    if (evse.energized) return done
    const obstacle = this.#obstacle(connector)
    if (obstacle !== undefined) return failed(obstacle)
    const barred = evse.authorization
      ? undefined
      : this.#behaviour.barred?.(evse, this.#host.station.ownToken)
    if (barred !== undefined) return failed(barred)
    if (!evse.authorization) await this.#grant(this.#host.station.ownToken, 'local', { connector })
    return this.#begin()
  }

  remoteStart(token: IdToken, authorizeFirst: boolean, options: RemoteStart): void {
    this.#evse.wanted = this.#evse.cable ?? options.connector
    this.#evse.claimed = true
    const starting = this.#remoteStart(token, authorizeFirst, options).finally(() => {
      this.#starting = undefined
      this.#evse.claimed = false
      this.#changes.notify()
    })
    this.#starting = starting
    this.#host.station.unattended(starting)
  }

  /** Ends the session, or withdraws an authorization that has not led to one yet. */
  async stop(stop: StopDetail): Promise<StepResult> {
    const evse = this.#evse
    if (evse.energized || this.#behaviour.inTransaction(evse)) return this.#stopEnergy(stop)
    if (evse.authorization) return this.#withdraw('withdrawn')
    return failed(`nothing charges on EVSE ${evse.id}`)
  }

  /** As `stop` by a driver: a session that ended before he came is no failure. */
  async stopByDriver(stop: StopDetail): Promise<StepResult> {
    if (!this.#host.station.powered) return failed('the station has no power')
    const nothingLeft = !this.#evse.energized && !this.#behaviour.inTransaction(this.#evse)
    if (nothingLeft && this.#endedBy !== undefined) return done
    if (stop.token && !nothingLeft && this.#behaviour.mayStop) {
      const allowed = await this.#behaviour.mayStop(this.#evse, stop.token)
      if (!allowed.ok) return allowed
    }
    return this.stop(stop)
  }

  async unplug(): Promise<StepResult> {
    const evse = this.#evse
    if (evse.leftCable !== undefined) return failed(`the cable is locked in EVSE ${evse.id}`)
    if (evse.cable === undefined) return failed(`no EV is plugged into EVSE ${evse.id}`)
    const { stopOnEvDisconnect, keepsCableLocked } = this.#behaviour.settings
    const stops = evse.energized && stopOnEvDisconnect
    const goesOn = !stops && keepsCableLocked !== undefined && this.#behaviour.inTransaction(evse)
    const stays = isSocket(evse.plan.connectors[evse.cable - 1])
    if (stays && (stops || goesOn)) evse.leftCable = evse.cable
    const stopping = stops ? this.#stopEnergy({ cause: 'evDisconnected' }) : done
    this.#timers.stop()
    evse.unplug()
    this.#suspendedBy = undefined
    if (!this.#behaviour.inTransaction(evse)) evse.authorization = undefined
    const leaving = this.#leave(goesOn, keepsCableLocked ?? false)
    if (!this.#behaviour.inTransaction(evse)) evse.authorization = undefined
    this.#changes.notify()
    const [stopped, left] = await Promise.all([stopping, leaving])
    return stopped.ok && stopped.answer === undefined ? left : stopped
  }

  /** The EV is gone; its cable is locked for as long as the transaction goes on [1.6 4.10]. */
  async #leave(goesOn: boolean, keepsCableLocked: boolean): Promise<StepResult> {
    if (goesOn) return this.#tell({ kind: 'unplugged' })
    return this.#evse.leftCable !== undefined && keepsCableLocked ? done : this.releaseCable()
  }

  /** An open transaction that went on without energy, over a power loss, has it again. */
  resume(): Promise<StepResult> {
    return this.#begin()
  }

  /** Nothing is left in the connector. */
  releaseCable(): Promise<StepResult> {
    this.#evse.leftCable = undefined
    return this.#tell({ kind: 'unplugged' })
  }

  /** Energy pauses by the will of the EV or of the EVSE; the session goes on. */
  async suspend(by: 'ev' | 'evse', on: boolean): Promise<StepResult> {
    if (on && !this.#evse.energized) return failed(`nothing charges on EVSE ${this.#evse.id}`)
    this.#evse.suspend(by, on)
    return this.#refresh()
  }

  async fault(fault: Fault): Promise<StepResult> {
    const { code } = fault
    const evse = this.#evse
    evse.fault = fault
    const open = evse.energized || this.#behaviour.inTransaction(evse)
    const ending = open
      ? this.#stopEnergy({ cause: code === 'EmergencyStop' ? 'emergency' : 'fault' })
      : evse.authorization && this.#withdraw('withdrawn')
    const faulted = this.#tell({ kind: 'faulted' })
    await ending
    return faulted
  }

  async clearFault(): Promise<StepResult> {
    if (!this.#evse.fault) return failed(`EVSE ${this.#evse.id} has no fault`)
    this.#evse.fault = undefined
    return this.#tell({ kind: 'faultCleared' })
  }

  /** Charges until the goal is reached, or until somebody ends the session. */
  async charge(goal: ChargeGoal, cancel: Cancel): Promise<StepResult> {
    await this.#changes.until(() => this.#starting === undefined, cancel)
    const evse = this.#evse
    if (!this.#underWay && (this.#endedBy === undefined || this.#endedBy === 'local')) {
      return failed(`nothing charges on EVSE ${evse.id}: a transaction must be started first`)
    }
    if (goal.meterEveryMs !== undefined) {
      evse.meterEveryMs = goal.meterEveryMs
      this.settingsChanged()
    }
    return new ChargeWatch(this.#host.station.clocks.simulated, evse, this.#changes, () =>
      this.#underWay ? undefined : (this.#endedBy ?? 'other'),
    ).until(goal, cancel)
  }

  /** Power is cut: energy stops, the authorization is forgotten; the cable stays. */
  powerLost(): void {
    this.#timers.stop()
    const wasUnderWay = this.#underWay
    this.#evse.openPath()
    this.#evse.authorization = undefined
    this.#evse.wanted = undefined
    this.#evse.meterEveryMs = undefined
    this.#suspendedBy = undefined
    if (wasUnderWay) this.#endedBy = 'powerLoss'
    this.#changes.notify()
  }

  /** The run is over. */
  cancelTimers(): void {
    this.#timers.stop()
    this.#evse.onLimit = undefined
  }

  settingsChanged(): void {
    if (!this.#evse.energized) return
    const { sampleIntervalMs } = this.#behaviour.settings
    this.#timers.sample(this.#evse.meterEveryMs ?? sampleIntervalMs, () => {
      this.#evse.advance()
      this.#host.station.unattended(this.#tell({ kind: 'sampleDue', context: 'periodic' }))
    })
  }

  get #behaviour(): Behaviour {
    return this.#host.station.behaviour
  }

  get #underWay(): boolean {
    return this.#evse.energized || this.#behaviour.inTransaction(this.#evse)
  }

  /** The transaction ended with the pause, and none may begin now. */
  get #outOfService(): boolean {
    const { cable, energized } = this.#evse
    if (!energized || cable === undefined || this.#behaviour.inTransaction(this.#evse)) return false
    return !this.#host.usable(cable)
  }

  #obstacle(connector: number): string | undefined {
    const evse = this.#evse
    if (!this.#host.station.powered) return 'the station has no power'
    if (evse.fault) return `EVSE ${evse.id} is faulted (${evse.fault.code})`
    if (evse.cable === undefined) return `no EV is plugged into EVSE ${evse.id}`
    return this.#host.usable(connector) ? undefined : `EVSE ${evse.id} is not available`
  }

  async #remoteStart(
    token: IdToken,
    authorizeFirst: boolean,
    options: RemoteStart,
  ): Promise<StepResult> {
    // The answer to the CSMS goes first: it is written when its handler has returned.
    await Promise.resolve()
    if (authorizeFirst) {
      const answer = await this.#behaviour.authorize(this.#evse, token)
      if (!answer.ok) {
        this.#evse.wanted = undefined
        return answer
      }
    }
    await this.#grant(token, 'remote', options)
    return this.#begin()
  }

  async #grant(token: IdToken, how: 'local' | 'remote', options: RemoteStart): Promise<void> {
    const evse = this.#evse
    // A power loss while the CSMS was asked: nobody remembers the question.
    if (evse.energized || !this.#host.station.powered) return
    // Whoever began goes on when the EV is back, whatever is presented meanwhile.
    if (evse.authorization && this.#behaviour.inTransaction(evse)) return
    evse.authorization = { token, how, remoteStartId: options.remoteStartId }
    evse.wanted = evse.cable ?? options.connector
    this.#awaitCable()
    await this.#tell({ kind: 'authorized' })
  }

  #awaitCable(): void {
    if (this.#evse.cable !== undefined) return
    this.#timers.awaitCable(this.#behaviour.settings.connectionTimeoutMs, () => {
      if (this.#evse.cable === undefined)
        this.#host.station.unattended(this.#withdraw('connectTimeout'))
    })
  }

  async #begin(): Promise<StepResult> {
    const evse = this.#evse
    // Much may have happened while the CSMS was told of the authorization.
    if (evse.cable === undefined || !evse.authorization || evse.fault || evse.energized) return done
    // An open transaction goes on; a new one does not begin on what was made inoperative.
    const usable = this.#behaviour.inTransaction(evse) || this.#host.usable(evse.cable)
    if (!usable) return this.#withdraw('withdrawn')
    this.#timers.forgetCable()
    this.#endedBy = undefined
    this.#closePath()
    const result = await this.#tell({ kind: 'energyStarted' })
    this.#changes.notify()
    return result
  }

  #closePath(): void {
    this.#evse.closePath()
    this.#suspendedBy = this.#evse.outlet.suspendedBy
    this.settingsChanged()
    this.#watchFlow()
  }

  async #stopEnergy(stop: StopDetail): Promise<StepResult> {
    const evse = this.#evse
    this.#timers.stop()
    evse.openPath()
    this.#suspendedBy = undefined
    this.#endedBy = stop.cause
    const result = this.#tell({ kind: 'energyStopped', stop })
    evse.authorization = undefined
    evse.wanted = undefined
    evse.meterEveryMs = undefined
    // The end of a transaction unlocks a cable that has no EV any more, and its owner takes it.
    const left = evse.cable === undefined && evse.leftCable !== undefined
    if (left) this.#host.station.unattended(this.releaseCable())
    this.#changes.notify()
    return result
  }

  async #withdraw(why: 'connectTimeout' | 'withdrawn'): Promise<StepResult> {
    this.#timers.forgetCable()
    this.#evse.authorization = undefined
    const told = this.#tell({ kind: 'authorizationEnded', why })
    this.#evse.wanted = undefined
    return told
  }

  /** After any change of what flows: tells a new suspension, sets the timer for the next one. */
  async #refresh(): Promise<StepResult> {
    const { suspendedBy } = this.#evse.outlet
    this.#watchFlow()
    const changed = suspendedBy !== this.#suspendedBy
    this.#suspendedBy = suspendedBy
    if (changed && suspendedBy === undefined && this.#outOfService) {
      return this.#stopEnergy({ cause: 'other' })
    }
    const result = changed ? await this.#tell({ kind: 'suspensionChanged' }) : done
    this.#changes.notify()
    return result
  }

  /** Wakes up when the battery is full or spent, or a charging profile changes its limit. */
  #watchFlow(): void {
    const { outlet, energized, limits } = this.#evse
    const fullMs = outlet.millisToHalt || Number.POSITIVE_INFINITY
    const changeMs = limits?.msToChange ?? Number.POSITIVE_INFINITY
    const ms = energized ? Math.min(fullMs, changeMs) : Number.POSITIVE_INFINITY
    this.#timers.awaitFlow(ms, () => {
      this.#evse.advance()
      this.#host.station.unattended(this.#refresh())
    })
  }

  #tell(event: PhysicalEvent): Promise<StepResult> {
    return this.#host.station.powered
      ? this.#behaviour.happened(this.#evse, event)
      : Promise.resolve(done)
  }
}
