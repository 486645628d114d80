import { RecentProblems } from '../../metrics/recent-problems.ts'
import { Recorder } from '../../metrics/recorder.ts'
import { microsOfEpoch } from '../../platform/shared-instants.ts'
import { clocksOf } from '../../platform/simulated-clock.ts'
import { Cancel } from '../../shared/cancel.ts'
import type { CancelTimer, Clocks } from '../../shared/clock.ts'
import { ConnectRamp } from '../executors/connect-ramp.ts'
import type { Executor, ExecutorContext, Played, Player } from '../executors/executor.ts'
import { executorOf } from '../executors/registry.ts'
import { Traffic } from '../executors/traffic.ts'
import { expandStation } from '../scenario/station-identity.ts'
import { Station } from '../station/station.ts'
import { ConnectorStatuses } from './connector-statuses.ts'
import { FrameLog } from './frame-log.ts'
import { LoopUsage } from './loop-usage.ts'
import type { Recording, StationEvents } from './recording-observer.ts'
import { countStations } from './station-counts.ts'
import { StationPlay } from './station-play.ts'
import { CpuUsage } from './usage.ts'
import { type WorkerFleet, workerFleets } from './worker-fleets.ts'
import type { FromWorker, Milestone, Tick, ToWorker, WorkerShare } from './worker-messages.ts'

/** How often call timeouts are looked for, and whether anything is left to do. */
const beatMs = 50
const tickMs = 1000
/** Handshakes under way at once in one worker, when the scenario sets no connect rate. */
const handshakes = 128
/** Ledger entries to a message. */
const ledgerChunk = 2000
/** How long closing handshakes may take at the end. */
const hangUpMs = 2000

/** What has an instant at which it is to be done. */
type Timed = Extract<ToWorker, { readonly atEpochMs: number }>

/** One worker's part of a run: its stations, what they are told to do, and what is recorded. */
export class WorkerRun implements StationEvents {
  readonly #share: WorkerShare
  readonly #send: (message: FromWorker) => void
  readonly #clocks: Clocks
  readonly #recording: Recording
  readonly #fleets: readonly WorkerFleet[]
  readonly #plays = new Map<number, StationPlay>()
  readonly #ramp: ConnectRamp
  readonly #traffic: Traffic
  readonly #executor: Executor
  readonly #frames: FrameLog | undefined
  readonly #cpu: CpuUsage
  readonly #loop = new LoopUsage()
  /** Ends scripts and their reactions. */
  readonly #cancel = new Cancel()
  /** Launched stations that are neither accepted nor past their script. */
  readonly #rising = new Set<number>()
  readonly #localSocketErrors = new Map<string, number>()
  readonly #timers = new Map<string, CancelTimer>()
  #accepted = 0
  #playing = 0
  #refusal: string | undefined
  #launchedAll = false
  readonly #reached = new Set<Milestone>()
  #draining = false
  /** Set when nothing but deliveries is left. */
  #deliverByMicros: number | undefined

  constructor(share: WorkerShare, send: (message: FromWorker) => void) {
    const { plan, worker, workers } = share
    this.#share = share
    this.#send = send
    this.#clocks = clocksOf(share.simulated)
    const clock = this.#clocks.real
    const originMicros = microsOfEpoch(share.originEpochMs)
    const recorder = new Recorder(originMicros)
    this.#recording = {
      recorder,
      clock,
      events: this,
      statuses: new ConnectorStatuses(),
      problems: new RecentProblems(originMicros),
      outstanding: 0,
    }
    this.#frames =
      share.framesFile === undefined
        ? undefined
        : new FrameLog(share.framesFile, clock, (reason) => this.fault(reason))
    this.#cpu = new CpuUsage(clock.monotonicMicros())
    this.#fleets = workerFleets(share, this.#clocks, this.#recording)
    const isOwn = (index: number): boolean => index % workers === worker
    const total = plan.fleets.reduce((sum, fleet) => sum + fleet.count, 0)
    const { executor, ...windows } = plan.load
    const context: ExecutorContext = {
      clock,
      seed: plan.seed,
      fleets: plan.fleets,
      stations: total,
      windows,
      workers,
      isOwn,
      dropped: (index, action, intended, due) =>
        this.#fleetOf(index)?.observer.dropped(action, intended, due),
      unsent: (index, action, intended, due) =>
        this.#fleetOf(index)?.observer.unsent(action, intended, due),
      waits: (change) => recorder.waits(change),
    }
    this.#traffic = new Traffic(context)
    this.#executor = executorOf(executor).run(executor.options, context)
    this.#ramp = new ConnectRamp({
      clock,
      seed: plan.seed,
      stations: Array.from({ length: total }, (_, index) => index).filter(isOwn),
      ratePerSecond: plan.load.connect.ratePerSecond,
      jitterMs: plan.load.connect.jitterMs,
      concurrency: plan.load.connect.ratePerSecond === undefined ? handshakes : total,
      launch: (index) => this.#launch(index),
      launchedAll: () => this.#everybodyLaunched(),
    })
  }

  start(): void {
    this.#repeat('beat', beatMs, () => this.#beat())
    this.#repeat('tick', tickMs, () => this.#send({ kind: 'tick', tick: this.#tick(false) }))
    this.#ramp.start()
  }

  /** Does what the message says at its instant. */
  receive(message: Timed): void {
    const atMicros = microsOfEpoch(message.atEpochMs)
    const waitMs = Math.max(0, (atMicros - this.#clocks.real.monotonicMicros()) / 1000)
    this.#clocks.real.after(waitMs, () => this.#act(message, atMicros))
  }

  #act(message: Timed, atMicros: number): void {
    switch (message.kind) {
      case 'phase':
        this.#enter(message, atMicros)
        break
      case 'rate':
        this.#executor.retune?.(message.perSecond, atMicros)
        break
      case 'mark': {
        const snapshot = this.#recording.recorder.snapshot()
        this.#send({ kind: 'marked', mark: message.mark, snapshot })
      }
    }
  }

  #enter({ phase, gracefulMs }: Extract<Timed, { kind: 'phase' }>, atMicros: number): void {
    this.#recording.recorder.enter(phase, atMicros)
    if (phase === 'drain') this.#drain(atMicros, gracefulMs)
    else if (phase !== 'ramp') {
      this.#traffic.start(atMicros)
      this.#executor.start(atMicros, phase)
    }
  }

  /** Hangs up, hands over the ledgers and the last counts. Resolves when all is handed over. */
  async finish(): Promise<void> {
    this.#drain(this.#clocks.real.monotonicMicros(), 0)
    this.#cancel.cancel('the run is over')
    this.#traffic.end()
    this.#executor.end()
    this.#recording.recorder.endOfDrain()
    this.#sendLedgers()
    for (const play of this.#plays.values()) play.station.stop({ graceful: true })
    await this.#hungUp()
    for (const stop of this.#timers.values()) stop()
    this.#frames?.close()
    this.#send({ kind: 'tick', tick: this.#tick(true) })
    this.#reach('finished')
  }

  connecting(): void {
    this.#reach('attempted')
    this.#ramp.connecting()
  }

  connectSettled(_index: number, refusal: string | undefined): void {
    this.#ramp.settled()
    if (refusal !== undefined) this.#refusal = refusal
  }

  ready(index: number): void {
    const play = this.#plays.get(index)
    if (!play) return
    if (!play.accepted) {
      play.accepted = true
      this.#accepted += 1
      this.#reach('accepted')
      this.#risen(index)
    }
    this.#traffic.ready(play.station)
    this.#executor.ready(play.station)
  }

  localSocketError(code: string): void {
    this.#localSocketErrors.set(code, (this.#localSocketErrors.get(code) ?? 0) + 1)
  }

  fault(message: string): void {
    this.#send({ kind: 'fault', message })
  }

  get frame(): StationEvents['frame'] {
    return this.#frames && this.#addFrame
  }

  readonly #addFrame = (station: string, direction: 'out' | 'in', text: string): void => {
    this.#frames?.add(station, direction, text)
  }

  #fleetOf(index: number): WorkerFleet | undefined {
    return this.#fleets.find(
      ({ plan }) => index >= plan.firstIndex && index < plan.firstIndex + plan.count,
    )
  }

  #launch(index: number): void {
    const fleet = this.#fleetOf(index)
    if (!fleet) return
    const identity = expandStation(fleet.plan, index - fleet.plan.firstIndex)
    const play = new StationPlay(new Station(fleet.stations, identity), fleet, {
      api: this.#share.api,
      cancel: this.#cancel,
      clock: this.#clocks.real,
      log: (text) => this.#send({ kind: 'log', stationId: identity.id, text }),
      fault: (error) => this.fault(`${identity.id}: ${stackOf(error)}`),
    })
    this.#plays.set(index, play)
    this.#rising.add(index)
    if (this.#executor.join) this.#executor.join(this.#playerOf(play))
    else void this.#counted(play.run(false), index)
  }

  #playerOf(play: StationPlay): Player {
    const { index } = play
    const again = async (done: (ended: Played) => void): Promise<void> => {
      done(await this.#counted(play.run(true), index))
    }
    return { index, play: (done) => void again(done) }
  }

  /** Counts a play that goes on. */
  async #counted(play: Promise<Played>, index: number): Promise<Played> {
    this.#playing += 1
    const ended = await play
    this.#playing -= 1
    this.#risen(index)
    return ended
  }

  #everybodyLaunched(): void {
    this.#launchedAll = true
    // A station whose script does not connect, or whose CSMS is silent, must not stop the others.
    const timer = this.#clocks.real.after(this.#share.connectTimeoutMs, () => this.#reach('ramped'))
    this.#timers.set('ramp', timer)
    this.#checkRamped()
  }

  #risen(index: number): void {
    this.#rising.delete(index)
    this.#checkRamped()
  }

  #checkRamped(): void {
    if (this.#launchedAll && this.#rising.size === 0) this.#reach('ramped')
  }

  #reach(milestone: Milestone): void {
    if (this.#reached.has(milestone)) return
    this.#reached.add(milestone)
    this.#send({ kind: 'reached', milestone })
  }

  #drain(atMicros: number, gracefulMs: number): void {
    if (this.#draining) return
    this.#draining = true
    this.#ramp.stop()
    this.#launchedAll = true
    this.#traffic.stop(atMicros)
    this.#executor.stop(atMicros)
    const callOff = (): void => this.#cancel.cancel('the run is draining')
    if (gracefulMs > 0) this.#timers.set('graceful', this.#clocks.real.after(gracefulMs, callOff))
    else callOff()
  }

  #beat(): void {
    const now = this.#clocks.real.monotonicMicros()
    for (const { station } of this.#plays.values()) station.sweep(now)
    this.#recording.recorder.tick(now)
    this.#frames?.flush()
    if (this.#idle) this.#reach('idle')
  }

  get #idle(): boolean {
    if (!this.#launchedAll || this.#playing > 0 || this.#recording.outstanding > 0) return false
    const { fleets, load } = this.#share.plan
    const endless =
      !executorOf(load.executor).endsByItself || fleets.some(({ traffic }) => traffic.length > 0)
    const over = (!endless || this.#draining) && this.#traffic.idle && this.#executor.idle
    return over && !this.#delivering
  }

  /** Stations still try to deliver what happened; they may, for as long as a drain may take. */
  get #delivering(): boolean {
    const now = this.#clocks.real.monotonicMicros()
    this.#deliverByMicros ??= now + this.#share.plan.load.drainMs * 1000
    if (now >= this.#deliverByMicros) return false
    for (const { station } of this.#plays.values()) if (station.delivering) return true
    return false
  }

  #tick(last: boolean): Tick {
    const { recorder } = this.#recording
    const now = this.#clocks.real.monotonicMicros()
    const seconds = recorder.takeSeconds(now)
    if (last) seconds.push(...recorder.takeLastSeconds())
    const origin = microsOfEpoch(this.#share.originEpochMs)
    return {
      snapshot: recorder.snapshot(),
      seconds,
      // Named by its begin: the judged window takes the intervals that lie inside it.
      second: (this.#cpu.sinceMicros - origin) / 1e6,
      cpuShare: this.#cpu.share(now),
      loopShare: this.#loop.share(),
      rssBytes: process.memoryUsage.rss(),
      stations: countStations(this.#stations()),
      problems: this.#recording.problems.take(),
      accepted: this.#accepted,
      localSocketErrors: Object.fromEntries(this.#localSocketErrors),
      undelivered: this.#undelivered(),
      ...this.#standing(),
    }
  }

  *#stations(): Iterable<Station> {
    for (const { station } of this.#plays.values()) yield station
  }

  #undelivered(): number {
    let count = 0
    for (const { station } of this.#plays.values()) count += station.queue.essential
    return count
  }

  /** How the CSMS stands to stations of which it accepted none so far. */
  #standing(): Pick<Tick, 'refusal' | 'pending'> {
    let refusal = this.#refusal
    let pending = false
    if (this.#accepted === 0) {
      for (const { station } of this.#plays.values()) {
        pending ||= station.registration === 'pending'
        refusal = station.obstacle ?? refusal
      }
    }
    return { refusal, pending }
  }

  #sendLedgers(): void {
    const entries = [...this.#plays.values()].flatMap(({ station }) => station.books())
    const statuses = this.#recording.statuses.all()
    const longest = Math.max(entries.length, statuses.length)
    for (let at = 0; at < longest; at += ledgerChunk) {
      const end = at + ledgerChunk
      const chunk = { entries: entries.slice(at, end), statuses: statuses.slice(at, end) }
      this.#send({ kind: 'ledger', ...chunk })
    }
  }

  /** Resolves when every CALL is settled and every socket closed, or nobody waits any longer. */
  #hungUp(): Promise<void> {
    const deadline = this.#clocks.real.monotonicMicros() + hangUpMs * 1000
    return new Promise((resolve) => {
      const look = (): void => {
        const over = this.#clocks.real.monotonicMicros() > deadline
        if (over || this.#recording.outstanding === 0) resolve()
        else this.#clocks.real.after(5, look)
      }
      look()
    })
  }

  #repeat(name: string, ms: number, fn: () => void): void {
    const again = (): void => {
      fn()
      this.#timers.set(name, this.#clocks.real.after(ms, again))
    }
    this.#timers.set(name, this.#clocks.real.after(ms, again))
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
