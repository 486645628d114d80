import { RecentProblems } from '../../metrics/recent-problems.ts'
import { Recorder } from '../../metrics/recorder.ts'
import { epochNow, microsOfEpoch } from '../../platform/shared-instants.ts'
import { clocksOf } from '../../platform/simulated-clock.ts'
import { Cancel } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import { stackOf } from '../../shared/errors.ts'
import { SignalBoard } from '../steps/signal-board.ts'
import { ConnectorStatuses } from './connector-statuses.ts'
import { FrameLog } from './frame-log.ts'
import { ledgerMessages } from './ledgers.ts'
import { Milestones } from './milestones.ts'
import type { Recording, StationEvents } from './recording-observer.ts'
import { TimelinePlayer } from './timeline-player.ts'
import { workerFleets } from './worker-fleets.ts'
import { WorkerLoad } from './worker-load.ts'
import type { FromWorker, ToWorker, WorkerShare } from './worker-messages.ts'
import { WorkerStations } from './worker-stations.ts'
import { WorkerTicks } from './worker-ticks.ts'
import { WorkerTimers } from './worker-timers.ts'

/** How often call timeouts are looked for, and whether anything is left to do. */
const beatMs = 50
const tickMs = 1000
/** How long closing handshakes may take at the end. */
const hangUpMs = 2000

/** What has an instant at which it is to be done. */
type Timed = Extract<ToWorker, { readonly atEpochMs: number }>

/** One worker's part of a run: its stations, what they are told to do, and what is recorded. */
export class WorkerRun implements StationEvents {
  readonly #share: WorkerShare
  readonly #send: (message: FromWorker) => void
  readonly #clock: Clock
  readonly #recording: Recording
  readonly #stations: WorkerStations
  readonly #milestones: Milestones
  readonly #load: WorkerLoad
  readonly #timeline: TimelinePlayer
  readonly #signals: SignalBoard
  #wasStuck = false
  readonly #frames: FrameLog | undefined
  readonly #ticks: WorkerTicks
  readonly #timers: WorkerTimers
  /** Ends scripts and their reactions. */
  readonly #cancel = new Cancel()
  #draining = false
  /** Set when nothing but deliveries is left. */
  #deliverByMicros: number | undefined

  constructor(share: WorkerShare, send: (message: FromWorker) => void) {
    this.#share = share
    this.#send = send
    const clocks = clocksOf(share.simulated)
    const clock = clocks.real
    this.#clock = clock
    this.#timers = new WorkerTimers(clock)
    this.#milestones = new Milestones((milestone) => send({ kind: 'reached', milestone }))
    const originMicros = microsOfEpoch(share.originEpochMs)
    this.#recording = {
      recorder: new Recorder(originMicros),
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
    this.#signals = new SignalBoard((name, stationId) => send({ kind: 'signal', name, stationId }))
    const hasTimeline = share.plan.timeline.length > 0
    this.#stations = new WorkerStations({
      fleets: workerFleets(share, clocks, this.#recording),
      api: share.api,
      apiKey: share.apiKey,
      clock,
      cancel: this.#cancel,
      signals: this.#signals,
      brokenOff: hasTimeline ? (event) => this.#timeline.brokenOff(event) : undefined,
      send,
      played: (index) => this.#milestones.risen(index),
    })
    this.#ticks = new WorkerTicks(this.#recording, this.#stations, originMicros)
    this.#load = new WorkerLoad({
      share,
      clock,
      recorder: this.#recording.recorder,
      stations: this.#stations,
      milestones: this.#milestones,
      everybodyLaunched: () => this.#everybodyLaunched(),
    })
    this.#timeline = new TimelinePlayer({
      plan: share.plan,
      clocks,
      isOwn: (index) => index % share.workers === share.worker,
      station: (index) => this.#stations.struck(index),
      report: (report) => send({ kind: 'event', report }),
      fault: (error) => this.fault(stackOf(error)),
      epochMs: epochNow,
    })
  }

  start(): void {
    this.#timers.repeat('beat', beatMs, () => this.#beat())
    this.#timers.repeat('tick', tickMs, () => this.#tick(false))
    this.#load.connect()
  }

  /** Does what the message says at its instant. */
  receive(message: Timed): void {
    const atMicros = microsOfEpoch(message.atEpochMs)
    const waitMs = Math.max(0, (atMicros - this.#clock.monotonicMicros()) / 1000)
    this.#clock.after(waitMs, () => this.#act(message, atMicros))
  }

  /** What other stations, or their silence, tell the scripts here. */
  hear(message: Extract<ToWorker, { kind: 'signal' | 'giveUp' }>): void {
    if (message.kind === 'signal') this.#signals.hear(message.name)
    else this.#signals.giveUp()
  }

  /** Hangs up, hands over the ledgers and the last counts. Resolves when all is handed over. */
  async finish(): Promise<void> {
    this.#drain(this.#clock.monotonicMicros(), 0)
    this.#cancel.cancel('the run is over')
    this.#load.end()
    this.#timeline.end()
    this.#stations.giveUpCommands()
    this.#recording.recorder.endOfDrain()
    const statuses = this.#recording.statuses.all()
    for (const message of ledgerMessages(this.#stations.books(), statuses)) this.#send(message)
    this.#stations.stop()
    await this.#hungUp()
    this.#timers.stop()
    this.#frames?.close()
    this.#tick(true)
    this.#milestones.reach('finished')
  }

  connecting(): void {
    this.#milestones.reach('attempted')
    this.#load.connecting()
  }

  connectSettled(_index: number, refusal: string | undefined): void {
    this.#load.connectSettled()
    if (refusal !== undefined) this.#ticks.refusal = refusal
  }

  ready(index: number): void {
    const standing = this.#stations.ready(index)
    if (!standing) return
    if (standing.first) {
      this.#milestones.reach('accepted')
      this.#milestones.risen(index)
    }
    this.#load.ready(standing.station)
  }

  localSocketError(code: string): void {
    this.#ticks.localSocketError(code)
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

  #everybodyLaunched(): void {
    // A station whose script does not connect, or whose CSMS is silent, must not stop the others.
    this.#timers.after('ramp', this.#share.connectTimeoutMs, () => this.#milestones.reach('ramped'))
    this.#milestones.everybodyLaunched()
  }

  #act(message: Timed, atMicros: number): void {
    switch (message.kind) {
      case 'phase':
        this.#enter(message, atMicros)
        break
      case 'rate':
        this.#load.retune(message.perSecond, atMicros)
        break
      case 'day':
        this.#timeline.begin(atMicros)
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
      this.#load.start(atMicros, phase)
      this.#timeline.begin(atMicros)
    }
  }

  #drain(atMicros: number, gracefulMs: number): void {
    if (this.#draining) return
    this.#draining = true
    this.#milestones.everybodyLaunched()
    this.#load.stop(atMicros)
    this.#timeline.stop()
    const callOff = (): void => this.#cancel.cancel('the run is draining')
    if (gracefulMs > 0) this.#timers.after('graceful', gracefulMs, callOff)
    else callOff()
  }

  #tick(last: boolean): void {
    this.#send({ kind: 'tick', tick: this.#ticks.take(this.#load.rampBehindMs, last) })
  }

  #beat(): void {
    const now = this.#clock.monotonicMicros()
    this.#stations.sweep(now)
    this.#recording.recorder.tick(now)
    this.#frames?.flush()
    if (this.#idle) this.#milestones.reach('idle')
    this.#tellStuck()
  }

  #tellStuck(): void {
    const stuck = this.#signals.stuck && this.#timeline.idle && this.#milestones.launchedAll
    if (stuck === this.#wasStuck) return
    this.#wasStuck = stuck
    this.#send({ kind: 'stuck', stuck })
  }

  get #idle(): boolean {
    const { launchedAll } = this.#milestones
    if (!launchedAll || this.#stations.playing > 0 || this.#recording.outstanding > 0) return false
    const over = (!this.#load.endless || this.#draining) && this.#load.idle
    return over && this.#timeline.idle && !this.#delivering
  }

  /** Stations still try to deliver what happened; they may, for as long as a drain may take. */
  get #delivering(): boolean {
    const now = this.#clock.monotonicMicros()
    this.#deliverByMicros ??= now + this.#share.plan.load.drainMs * 1000
    return now < this.#deliverByMicros && this.#stations.delivering
  }

  /** Resolves when every CALL is settled and every socket closed, or nobody waits any longer. */
  #hungUp(): Promise<void> {
    const deadline = this.#clock.monotonicMicros() + hangUpMs * 1000
    return new Promise((resolve) => {
      const look = (): void => {
        const over = this.#clock.monotonicMicros() > deadline
        if (over || this.#recording.outstanding === 0) resolve()
        else this.#clock.after(5, look)
      }
      look()
    })
  }
}
