import type { Phase } from '../../metrics/phase.ts'
import type { Snapshot } from '../../metrics/snapshot.ts'
import { Child, type ChildEnd } from '../../platform/child-process.ts'
import { realClock } from '../../platform/real-clock.ts'
import { DeadlockWatch, patienceMs } from './deadlock-watch.ts'
import type { EventReport } from './event-report.ts'
import type { FromWorker, Milestone, Tick, ToWorker, WorkerShare } from './worker-messages.ts'

/** What the coordinator hears of its workers. Workers count from 0. */
export interface PoolEvents {
  tick(worker: number, tick: Tick): void
  ledger(message: Extract<FromWorker, { kind: 'ledger' }>): void
  reached(milestone: Milestone): void
  log(stationId: string, text: string): void
  /** How an event of the timeline goes in a worker. */
  event(worker: number, report: EventReport): void
  fault(message: string): void
  /** A worker ended that nobody had told to; its stations are lost, the others go on. */
  died(worker: number, end: ChildEnd): void
}

interface Member {
  readonly child: Child<FromWorker, ToWorker>
  readonly reached: Set<Milestone>
  /** All that still plays there waits for signals. */
  stuck: boolean
  /** By mark, until they are collected. */
  readonly marked: Map<number, Snapshot>
}

/**
 * The worker processes of one run. A worker that died counts as having reached every milestone, so
 * that the run goes on to a report.
 */
export class WorkerPool {
  readonly #events: PoolEvents
  readonly #members: readonly Member[]
  readonly #deadlock: DeadlockWatch | undefined
  readonly #waiting: {
    readonly done: (member: Member) => boolean
    readonly resolve: () => void
  }[] = []
  #marks = 0

  constructor(shares: readonly WorkerShare[], events: PoolEvents) {
    this.#events = events
    this.#members = shares.map((share) => this.#fork(share))
    const plan = shares[0]?.plan
    // Windows end by themselves, and with them all that waits.
    this.#deadlock =
      plan && plan.load.steadyMs === undefined
        ? new DeadlockWatch(realClock, patienceMs(plan), () => this.#tell({ kind: 'giveUp' }))
        : undefined
  }

  /** Process ids of those that live. */
  get pids(): readonly number[] {
    return this.#members.flatMap(({ child }) => (child.alive && child.pid ? [child.pid] : []))
  }

  /** Whether any worker is there. */
  some(milestone: Milestone): boolean {
    return this.#members.some(({ reached }) => reached.has(milestone))
  }

  /** Resolves when every worker is there. */
  all(milestone: Milestone): Promise<void> {
    return this.#every(({ reached }) => reached.has(milestone))
  }

  /** What each worker had counted at this instant; undefined for those that died. */
  async mark(atEpochMs: number): Promise<readonly (Snapshot | undefined)[]> {
    this.#marks += 1
    const mark = this.#marks
    this.#tell({ kind: 'mark', mark, atEpochMs })
    await this.#every(({ marked }) => marked.has(mark))
    return this.#members.map(({ marked }) => {
      const snapshot = marked.get(mark)
      marked.delete(mark)
      return snapshot
    })
  }

  /** From this instant on the executor brings another rate, over the whole run. */
  retune(perSecond: number, atEpochMs: number): void {
    this.#tell({ kind: 'rate', perSecond, atEpochMs })
  }

  /**
   * Begins a window in all workers at one instant.
   *
   * @param gracefulMs how long scripts may go on in the drain
   */
  enter(phase: Phase, atEpochMs: number, gracefulMs: number): void {
    this.#tell({ kind: 'phase', phase, atEpochMs, gracefulMs })
  }

  /** Begins the simulated day, where no window does. */
  beginDay(atEpochMs: number): void {
    this.#tell({ kind: 'day', atEpochMs })
  }

  finish(): void {
    this.#deadlock?.stop()
    this.#tell({ kind: 'finish' })
  }

  kill(): void {
    this.#deadlock?.stop()
    for (const { child } of this.#members) child.kill()
  }

  #tell(message: ToWorker): void {
    for (const { child } of this.#members) child.send(message)
  }

  #fork(share: WorkerShare): Member {
    const member: Member = {
      child: new Child<FromWorker, ToWorker>('simulator/workers/worker', {
        message: (message) => this.#receive(share.worker, member, message),
        ended: (end) => {
          if (!member.reached.has('finished')) this.#events.died(share.worker, end)
          this.#watchSignals()
          this.#check()
        },
      }),
      reached: new Set(),
      stuck: false,
      marked: new Map(),
    }
    member.child.send({ kind: 'start', share })
    return member
  }

  #receive(worker: number, member: Member, message: FromWorker): void {
    switch (message.kind) {
      case 'tick':
        this.#events.tick(worker, message.tick)
        break
      case 'reached':
        member.reached.add(message.milestone)
        this.#events.reached(message.milestone)
        this.#watchSignals()
        break
      case 'marked':
        member.marked.set(message.mark, message.snapshot)
        break
      case 'log':
        this.#events.log(message.stationId, message.text)
        break
      case 'signal':
        this.#tell(message)
        break
      case 'stuck':
        member.stuck = message.stuck
        this.#watchSignals()
        break
      case 'event':
        this.#events.event(worker, message.report)
        break
      case 'fault':
        this.#events.fault(message.message)
        break
      case 'ledger':
        this.#events.ledger(message)
    }
    this.#check()
  }

  #watchSignals(): void {
    const isOver = ({ child, reached }: Member) => !child.alive || reached.has('idle')
    const everyone = this.#members.every((member) => member.stuck || isOver(member))
    this.#deadlock?.look(everyone && this.#members.some((one) => one.stuck && !isOver(one)))
  }

  /** Resolves when this holds of every worker that lives. */
  #every(done: (member: Member) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ done, resolve })
      this.#check()
    })
  }

  #check(): void {
    for (let i = this.#waiting.length - 1; i >= 0; i -= 1) {
      const waiting = this.#waiting[i]
      if (!waiting) continue
      const there = this.#members.every((member) => waiting.done(member) || !member.child.alive)
      if (!there) continue
      this.#waiting.splice(i, 1)
      waiting.resolve()
    }
  }
}
