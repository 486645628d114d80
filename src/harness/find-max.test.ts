import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Recorder } from '../metrics/recorder.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import { parseThreshold } from '../metrics/thresholds.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { FindMax, type FindMaxOptions } from './find-max.ts'
import { within } from './timeline.ts'

const options: FindMaxOptions = {
  mix: { Heartbeat: 1 },
  startRate: 100,
  maxRate: 10_000,
  precision: 0.1,
  settle: 1000,
  measure: 4000,
  confirm: 20_000,
  backlog: 'queue',
}

interface Target {
  /** Exchanges per second that it can answer. */
  readonly capacity: number
  /** CPU of the worker at this rate. */
  readonly cpu?: (rate: number) => number
  readonly responseMs?: (rate: number) => number
  /** Never works off what piled up. */
  readonly clogs?: boolean
}

/** A worker and a target in one: answers up to its capacity, and piles up the rest. */
class FakeFleet {
  readonly rates: number[] = []
  backlog = 0
  readonly #target: Target
  readonly #began = epochNow()
  readonly #recorder = new Recorder(0)
  readonly #points: { second: number; backlog: number }[] = []
  readonly #health: { worker: string; second: number; cpuShare: number }[] = []
  #rate = 0
  #owed = 0
  #stopped = false

  constructor(target: Target) {
    this.#target = target
    this.#recorder.enter('warmup', 0)
    void this.#run()
  }

  get beganAt(): number {
    return this.#began
  }

  retune = (perSecond: number): void => {
    this.#rate = perSecond
    if (perSecond > 0) this.rates.push(perSecond)
  }

  mark = async (atEpochMs: number): Promise<readonly Snapshot[]> => {
    await within(atEpochMs - epochNow(), never)
    return [this.#recorder.snapshot()]
  }

  all = (): Promise<void> => never

  marked = ([snapshot]: readonly (Snapshot | undefined)[]): Snapshot =>
    snapshot ?? this.#recorder.snapshot()

  facts = () => ({
    series: { intervalSeconds: 1, points: this.#points },
    workers: [{ health: this.#health }],
    localSocketErrors: {},
  })

  stop(): void {
    this.#stopped = true
  }

  /** A tenth of a second at a time. */
  async #run(): Promise<void> {
    const stats = this.#recorder.exchanges('city', 'ocpp1.6', 'Heartbeat')
    const { capacity, cpu = () => 0.3, responseMs = () => 2, clogs = false } = this.#target
    for (let tenth = 0; !this.#stopped; tenth += 1) {
      this.#owed += this.#rate / 10
      const room = clogs && this.backlog > 0 ? 0 : capacity / 10
      const answered = Math.floor(Math.min(this.#owed, room))
      this.#owed -= answered
      this.backlog = Math.floor(this.#owed)
      const now = (epochNow() - this.#began) * 1000
      for (let i = 0; i < answered; i += 1) {
        this.#recorder.exchangeStarted(stats)
        const intended = now - responseMs(this.#rate) * 1000
        this.#recorder.exchangeSettled(
          stats,
          'result',
          intended,
          intended + 100,
          intended + 100,
          now,
        )
      }
      if (tenth % 10 === 9) {
        const second = (tenth - 9) / 10
        this.#points.push({ second, backlog: this.backlog })
        this.#health.push({ worker: 'worker 1', second, cpuShare: cpu(this.#rate) })
      }
      await within(100, never)
    }
  }
}

const never = new Promise<void>(() => undefined)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function searched(target: Target, changes: Partial<FindMaxOptions> = {}, warmupMs = 0) {
  const fleet = new FakeFleet(target)
  const notes: string[] = []
  const parsed = parseThreshold('ocpp_response_time', 'p(99)<200')
  if ('error' in parsed) throw new Error(parsed.error.message)
  const findMax = new FindMax({
    options: { ...options, ...changes },
    warmupMs,
    thresholds: [parsed],
    pool: fleet,
    tally: fleet,
    beganAt: fleet.beganAt,
    note: (sentence) => notes.push(sentence),
  })
  let interrupt = (): void => undefined
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve
  })
  let over = false
  const search = findMax.search(interrupted).finally(() => {
    over = true
  })
  return {
    fleet,
    findMax,
    notes,
    interrupt: () => interrupt(),
    after: (ms: number) => vi.advanceTimersByTimeAsync(ms),
    span: async () => {
      for (let minutes = 0; !over && minutes < 30; minutes += 1) {
        await vi.advanceTimersByTimeAsync(60_000)
      }
      fleet.stop()
      return search
    },
  }
}

describe('FindMax', () => {
  test('finds what the target can take, and confirms it over the long window', async () => {
    const search = await searched({ capacity: 730 })
    const span = await search.span()
    const { sustainedPerSecond, limitedBy, brokeFirst, probes } = search.findMax.report
    expect(sustainedPerSecond).toBeGreaterThan(730 / 1.12)
    expect(sustainedPerSecond).toBeLessThanOrEqual(737)
    expect(limitedBy).toBe('target')
    expect(brokeFirst).toMatch(/^\d+\.\d % of what was offered was achieved|backlog/)
    expect(
      probes.slice(0, 4).map(({ offeredPerSecond, verdict }) => [offeredPerSecond, verdict]),
    ).toEqual([
      [100, 'held'],
      [200, 'held'],
      [400, 'held'],
      [800, 'broke'],
    ])
    expect(probes.at(-1)).toMatchObject({ offeredPerSecond: sustainedPerSecond, verdict: 'held' })
    expect((span?.toEpochMs ?? 0) - (span?.fromEpochMs ?? 0)).toBeGreaterThanOrEqual(20_000)
    const confirmed = search.findMax.confirmed?.counted.exchanges[0]?.windows.warmup
    expect(confirmed?.completed).toBeGreaterThan(19.5 * (sustainedPerSecond ?? 0))
    expect(search.notes.length).toBe(probes.length)
  })

  test('waits until the target has worked off what a rate that broke left behind', async () => {
    const search = await searched({ capacity: 730 })
    await search.span()
    // Otherwise the rate after 800/s would be judged by the answers that 800/s still owes.
    const after = search.findMax.report.probes[4]
    expect(after).toMatchObject({ offeredPerSecond: 600, verdict: 'held', backlogSlope: 0 })
  })

  test('a threshold that fails alone is named, with its value', async () => {
    const slow = (rate: number) => (rate > 500 ? 250 : 5)
    const search = await searched({ capacity: 5000, responseMs: slow })
    await search.span()
    const { sustainedPerSecond, limitedBy, brokeFirst } = search.findMax.report
    expect(sustainedPerSecond).toBeLessThanOrEqual(500)
    expect(sustainedPerSecond).toBeGreaterThan(440)
    expect(limitedBy).toBe('threshold')
    expect(brokeFirst).toMatch(/^ocpp_response_time p\(99\)<200 failed: 2\d\d\.\d ms$/)
  })

  test('a generator that is full is named as the limit, not the target', async () => {
    const cpu = (rate: number) => (rate > 300 ? 0.98 : 0.4)
    const search = await searched({ capacity: 5000, cpu })
    await search.span()
    const { sustainedPerSecond, limitedBy, brokeFirst } = search.findMax.report
    expect(sustainedPerSecond).toBeLessThanOrEqual(300)
    expect(limitedBy).toBe('generator')
    expect(brokeFirst).toContain('98 % of a core')
  })

  test('a generator that was disturbed for a moment gets a second chance', async () => {
    let disturbed = 0
    const cpu = (rate: number) => (rate === 400 && disturbed++ < 5 ? 0.98 : 0.4)
    const search = await searched({ capacity: 730, cpu })
    await search.span()
    const { sustainedPerSecond, limitedBy, probes } = search.findMax.report
    expect(search.fleet.rates.slice(0, 5)).toEqual([100, 200, 400, 400, 800])
    expect(probes.slice(2, 4).map(({ verdict }) => verdict)).toEqual(['broke', 'held'])
    expect(sustainedPerSecond).toBeGreaterThan(600)
    expect(limitedBy).toBe('target')
  })

  test('where nothing breaks, the highest rate allowed is confirmed and nothing is blamed', async () => {
    const search = await searched({ capacity: 5000 }, { maxRate: 300 })
    await search.span()
    expect(search.findMax.report).toMatchObject({
      sustainedPerSecond: 300,
      limitedBy: null,
      brokeFirst: null,
    })
    expect(search.fleet.rates).toEqual([100, 200, 300, 300])
  })

  test('a hopeless rate is given up before its time', async () => {
    const search = await searched({ capacity: 50 }, { startRate: 5000, settle: 10_000 })
    await search.after(8000)
    expect(search.fleet.rates).toEqual([5000])
    expect(search.fleet.backlog).toBeGreaterThan(15_000)
    await search.after(12_000)
    expect(search.findMax.report.probes).toMatchObject([{ verdict: 'broke' }])
    search.interrupt()
    await search.span()
  })

  test('ends where the target does not recover, and says so', async () => {
    const search = await searched({ capacity: 150, clogs: true })
    expect(await search.span()).toBeUndefined()
    const { sustainedPerSecond, brokeFirst } = search.findMax.report
    expect(sustainedPerSecond).toBeNull()
    expect(brokeFirst).toMatch(/^after 200\/s \d+ CALLs were still open 60 s later$/)
  })

  test('interrupted, it stops at once and keeps what it learned', async () => {
    const search = await searched({ capacity: 730 })
    await search.after(14_000)
    search.interrupt()
    await search.after(1)
    expect(search.findMax.report.probes.map(({ offeredPerSecond }) => offeredPerSecond)).toEqual([
      100, 200,
    ])
    expect(search.findMax.report.sustainedPerSecond).toBeNull()
    expect(search.findMax.confirmed).toBeUndefined()
    await search.span()
  })

  test('warm-up holds the first rate before anything is judged', async () => {
    const search = await searched({ capacity: 730 }, {}, 30_000)
    await search.after(29_000)
    expect([search.fleet.rates, search.findMax.report.probes]).toEqual([[100], []])
    search.interrupt()
    await search.span()
  })
})
