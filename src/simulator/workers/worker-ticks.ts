import { LoopUsage } from './loop-usage.ts'
import type { Recording } from './recording-observer.ts'
import { countStations } from './station-counts.ts'
import { CpuUsage } from './usage.ts'
import type { Tick } from './worker-messages.ts'
import type { WorkerStations } from './worker-stations.ts'

/** Characters: the words are the target's. */
const longestRefusal = 500

/** What a worker tells every second: counts, how busy it is, what stands in its way. */
export class WorkerTicks {
  readonly #recording: Recording
  readonly #stations: WorkerStations
  readonly #originMicros: number
  readonly #cpu: CpuUsage
  readonly #loop = new LoopUsage()
  readonly #localSocketErrors = new Map<string, number>()
  /** Why a handshake failed last, in words. */
  refusal: string | undefined

  /** @param originMicros the instant the run began */
  constructor(recording: Recording, stations: WorkerStations, originMicros: number) {
    this.#recording = recording
    this.#stations = stations
    this.#originMicros = originMicros
    this.#cpu = new CpuUsage(recording.clock.monotonicMicros())
  }

  localSocketError(code: string): void {
    this.#localSocketErrors.set(code, (this.#localSocketErrors.get(code) ?? 0) + 1)
  }

  /**
   * @param rampBehindMs of the connect ramp
   * @param last of the run: the second that is not full comes too
   */
  take(rampBehindMs: number, last: boolean): Tick {
    const { recorder, clock, problems } = this.#recording
    const now = clock.monotonicMicros()
    const seconds = recorder.takeSeconds(now)
    if (last) seconds.push(...recorder.takeLastSeconds())
    const { refusal, pending } = this.#stations.standing()
    return {
      snapshot: recorder.snapshot(),
      seconds,
      // Named by its begin: the judged window takes the intervals that lie inside it.
      second: (this.#cpu.sinceMicros - this.#originMicros) / 1e6,
      cpuShare: this.#cpu.share(now),
      loopShare: this.#loop.share(),
      rssBytes: process.memoryUsage.rss(),
      stations: countStations(this.#stations),
      problems: problems.take(),
      accepted: this.#stations.accepted,
      localSocketErrors: Object.fromEntries(this.#localSocketErrors),
      rampBehindMs,
      undelivered: this.#stations.undelivered,
      refusal: (refusal ?? this.refusal)?.slice(0, longestRefusal),
      pending,
    }
  }
}
