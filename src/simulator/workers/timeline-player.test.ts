import { describe, expect, test } from 'vitest'
import type { StepPlan } from '../../document/step-form.ts'
import type { Cancel } from '../../shared/cancel.ts'
import { ScaledClock } from '../../shared/clock.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { sleep } from '../../shared/waiting.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import type { Plan } from '../scenario/plan.ts'
import { Changes } from '../station/changes.ts'
import type { ScriptResult } from '../steps/script-runner.ts'
import { Disturbance } from './disturbance.ts'
import type { EventReport } from './event-report.ts'
import { TimelinePlayer } from './timeline-player.ts'

const stations = 12

function planOf(timeline: string): Plan {
  const text = `name: t\nseed: 3\nspeed: 60\nstartsAt: 06:00\ntimeline: [${timeline}]
fleets: [{name: a, count: ${stations}, script: [boot]}]`
  const loaded = loadScenario({ file: 't', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

/** One worker of several, with stations that note what comes over them. */
function workerOf(plan: Plan, worker: number, workers: number, tookMs = 0) {
  const clock = new VirtualClock()
  const simulated = new ScaledClock(clock, plan.speed, 0, 0)
  const struck: string[] = []
  const reports: EventReport[] = []
  const faults: unknown[] = []
  const results: Record<number, ScriptResult> = {}
  const disturbances = new Map<number, Disturbance>()
  const disturbanceOf = (index: number): Disturbance => {
    const actor = { unplug: () => Promise.reject(new Error('nobody is plugged in')) }
    const host = { actor, evses: [], online: true, changes: new Changes() }
    const known = disturbances.get(index) ?? new Disturbance(host, () => undefined)
    disturbances.set(index, known)
    return known
  }
  const player = new TimelinePlayer({
    plan,
    clocks: { real: clock, simulated },
    isOwn: (index) => index % workers === worker,
    station: (index) => ({
      disturbance: disturbanceOf(index),
      async strike(_event: number, steps: readonly StepPlan[], cancel: Cancel) {
        const names = steps.map(({ step }) => step).join()
        struck.push(`${Math.round(simulated.monotonicMicros() / 1e6)}s ${index} ${names}`)
        await sleep(clock, tookMs, cancel)
        return results[index] ?? { kind: 'completed' }
      },
    }),
    report: (report) => reports.push(report),
    fault: (error) => faults.push(error),
    epochMs: () => clock.monotonicMicros() / 1000,
  })
  return { clock, player, struck, reports, faults, results, disturbanceOf }
}

const outage = '{ at: 06:10, share: 50%, do: powerLoss, for: 5min, spread: 2min }'

describe('TimelinePlayer', () => {
  test('events come at their instants of the simulated day, and are taken back', async () => {
    const one = workerOf(planOf('{ at: 06:10, count: 2, do: powerLoss, for: 5min }'), 0, 1)
    await one.clock.run(5000)
    one.player.begin(5_000_000)
    expect(one.player.idle).toBe(false)
    await one.clock.run(9999)
    expect(one.struck).toEqual([])
    await one.clock.run(1)
    // The day began 300 simulated seconds into the run, the event comes 600 later.
    expect(one.struck.map((text) => text.replace(/ \d+ /, ' '))).toEqual([
      '900s powerLoss',
      '900s powerLoss',
    ])
    await one.clock.run(5000)
    expect(one.struck.slice(2).map((text) => text.replace(/ \d+ /, ' '))).toEqual([
      '1200s powerUp',
      '1200s powerUp',
    ])
    expect(one.player.idle).toBe(true)
    expect(one.reports.at(-1)).toMatchObject({ event: 0, over: true, stations: 2, returned: 2 })
    expect(one.faults).toEqual([])
  })

  test.each([2, 3, 5])('%i workers do together what one does alone', async (workers) => {
    const plan = planOf(`${outage}, { at: 30min, count: 3, do: { close: 1006 } }`)
    const alone = workerOf(plan, 0, 1)
    const all = Array.from({ length: workers }, (_, worker) => workerOf(plan, worker, workers))
    for (const one of [alone, ...all]) {
      one.player.begin(0)
      await one.clock.run(40_000)
    }
    const together = all.flatMap(({ struck }) => struck)
    expect(together.sort()).toEqual([...alone.struck].sort())
    expect(alone.struck).toHaveLength(6 + 6 + 3)
  })

  test('a late timer moves nothing: the day begins when the message says', async () => {
    const late = workerOf(planOf(outage), 0, 1)
    const prompt = workerOf(planOf(outage), 0, 1)
    prompt.player.begin(0)
    await prompt.clock.run(40_000)
    await late.clock.run(70)
    late.player.begin(0)
    await late.clock.run(40_000)
    expect(late.struck).toEqual(prompt.struck)
  })

  test('how long each took to come back is told, and what could not be done', async () => {
    const one = workerOf(planOf('{ at: 1min, do: powerLoss, for: 1min }'), 0, 1, 40)
    const failure = { step: '', line: 0, column: 0, summary: 'no', reason: 'it has no power' }
    one.results[3] = { kind: 'failed', failure }
    one.player.begin(0)
    await one.clock.run(3000)
    const last = one.reports.at(-1)
    expect(last).toMatchObject({
      returned: stations - 1,
      undone: { 'it has no power': 2 },
      beganEpochMs: 1000,
      returningEpochMs: 2000,
      lastBackEpochMs: 2040,
    })
    expect(last?.back.max).toBe(40_000)
  })

  test('the drain ends what is under way; the end tells what came of it', async () => {
    const one = workerOf(
      planOf('{ at: 1min, do: powerLoss, for: 1h }, { at: 2h, do: close }'),
      0,
      1,
    )
    one.player.begin(0)
    await one.clock.run(2000)
    one.player.stop()
    expect(one.player.idle).toBe(true)
    await one.clock.run(500_000)
    expect(one.struck).toHaveLength(stations)
    one.reports.length = 0
    one.player.end()
    expect(one.reports).toMatchObject([{ event: 0, over: false, returned: 0 }])
  })

  test('a run without events is idle from the begin', () => {
    expect(workerOf(planOf(''), 0, 1).player.idle).toBe(true)
  })
})
