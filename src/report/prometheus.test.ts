import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sampleProgress } from '../../test/helpers/sample-progress.ts'
import { load } from '../../test/helpers/sample-run.ts'
import { Recorder } from '../metrics/recorder.ts'
import { prometheusText } from './prometheus.ts'

const run = { runId: 'k3v9xq', scenario: 'a "city"\\\nby night', csmsVersion: '0.1.0' }

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

interface Family {
  readonly name: string
  readonly type: string
  readonly samples: Sample[]
}

const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: [''],
  gauge: [''],
  histogram: ['_bucket', '_sum', '_count'],
}

/** Reads the text format as strictly as its description allows: every line, in order, once. */
function parse(text: string): Map<string, Family> {
  const families = new Map<string, Family>()
  let family: Family | undefined
  let helped = ''
  expect(text.endsWith('\n')).toBe(true)
  for (const line of text.slice(0, -1).split('\n')) {
    const help = /^# HELP ([a-z][a-z0-9_]*) ((?:[^\\]|\\\\|\\n)+)$/.exec(line)
    const type = /^# TYPE ([a-z][a-z0-9_]*) (counter|gauge|histogram)$/.exec(line)
    if (help) {
      helped = help[1] ?? ''
      expect(families.has(helped), `${helped} is told twice`).toBe(false)
    } else if (type) {
      const [, name = '', kind = ''] = type
      expect(name, 'HELP comes before TYPE').toBe(helped)
      family = { name, type: kind, samples: [] }
      families.set(name, family)
    } else {
      const sample = parseSample(line)
      if (!family) throw new Error(`${line} belongs to nothing`)
      const allowed = suffixes[family.type]?.map((suffix) => `${family?.name}${suffix}`)
      expect(allowed).toContain(sample.name)
      const same = (one: Sample) =>
        one.name === sample.name && JSON.stringify(one.labels) === JSON.stringify(sample.labels)
      expect(family.samples.some(same), `${line} is told twice`).toBe(false)
      family.samples.push(sample)
    }
  }
  return families
}

function parseSample(line: string): Sample {
  const shape = /^([a-z][a-z0-9_]*)(?:\{(.*)\})? (\S+)$/.exec(line)
  if (!shape) throw new Error(`this is no sample: ${line}`)
  const [, name = '', list = '', number = ''] = shape
  const labels: Record<string, string> = {}
  const pair = /^([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,(?=.)|$)/
  for (let rest = list; rest !== ''; ) {
    const found = pair.exec(rest)
    if (!found) throw new Error(`these are no labels: ${rest}`)
    const [whole, label = '', value = ''] = found
    expect(labels).not.toHaveProperty(label)
    labels[label] = value.replace(/\\(.)/g, (_escape, sign: string) => (sign === 'n' ? '\n' : sign))
    rest = rest.slice(whole.length)
  }
  expect(number).toMatch(/^-?\d+(\.\d+)?(e[+-]?\d+)?$/)
  return { name, labels, value: Number(number) }
}

const sample = load({
  perSecond: 50,
  lagMicros: 400,
  outcome: (n) => (n % 10 === 7 ? 'timeout' : 'result'),
  violate: (recorder, n, at) => {
    const violation = { rule: 'RPC_TWO_CALLS', level: 'SHOULD', detail: '', frame: '' } as const
    if (n < 3) recorder.violated(violation, 'CP1', at)
  },
})

describe('prometheusText', () => {
  const families = parse(prometheusText({ snapshot: sample.metrics, progress: undefined, run }))
  const total = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    families
      .get(name)
      ?.samples.filter((one) => Object.entries(labels).every(([key, v]) => one.labels[key] === v))
      .reduce((sum, { value }) => sum + value, 0)

  test('counters end in _total, times are in seconds', () => {
    for (const { name, type } of families.values()) {
      expect(name.endsWith('_total'), name).toBe(type === 'counter')
      if (type === 'histogram') expect(name).toMatch(/_seconds$/)
    }
  })

  test('counts are those of the run', () => {
    expect(total('ocpp_exchanges_total')).toBe(5_670)
    expect(total('ocpp_exchanges_total', { action: 'Heartbeat' })).toBeGreaterThan(2_500)
    expect(total('ocpp_errors_total', { kind: 'timeout' })).toBe(630)
    expect(total('ocpp_messages_total', { direction: 'sent' })).toBe(6_300)
    expect(total('ocpp_violations_total', { rule: 'RPC_TWO_CALLS' })).toBe(6)
    expect(families.get('csms_run_info')?.samples[0]?.labels).toEqual({
      run_id: 'k3v9xq',
      scenario: 'a "city"\\\nby night',
      csms_version: '0.1.0',
    })
  })

  test('histogram buckets are cumulative, end with +Inf, and agree with _count and _sum', () => {
    for (const { name, type, samples } of families.values()) {
      if (type !== 'histogram') continue
      const groups = new Map<string, Sample[]>()
      for (const one of samples.filter((each) => each.name.endsWith('_bucket'))) {
        const { le: _, ...labels } = one.labels
        const key = JSON.stringify(labels)
        groups.set(key, [...(groups.get(key) ?? []), one])
      }
      expect(groups.size).toBeGreaterThan(0)
      for (const [key, buckets] of groups) {
        const values = buckets.map(({ value }) => value)
        expect(values, `${name} ${key}`).toEqual([...values].sort((a, b) => a - b))
        const limits = buckets.map(({ labels }) =>
          Number(labels['le']?.replace('+Inf', 'Infinity')),
        )
        expect(limits).toEqual([...new Set(limits)].sort((a, b) => a - b))
        expect(limits.at(-1)).toBe(Number.POSITIVE_INFINITY)
        const count = samples.find(
          (one) => one.name === `${name}_count` && JSON.stringify(one.labels) === key,
        )
        expect(values.at(-1)).toBe(count?.value)
        const sum = samples.find(
          (one) => one.name === `${name}_sum` && JSON.stringify(one.labels) === key,
        )
        expect(sum?.value).toBeGreaterThanOrEqual(0)
      }
    }
  })

  test('a bucket holds what was as fast or faster', () => {
    const recorder = new Recorder(0)
    const stats = recorder.exchanges('f', 'ocpp1.6', 'Heartbeat')
    for (const micros of [500, 9_000, 90_000, 900_000]) {
      recorder.exchangeStarted(stats)
      recorder.closedExchangeSettled(stats, 'result', 0, micros)
    }
    const text = prometheusText({ snapshot: recorder.snapshot(), progress: undefined, run })
    const buckets = parse(text)
      .get('ocpp_service_time_seconds')
      ?.samples.filter(({ name }) => name.endsWith('_bucket'))
    const at = (le: string) => buckets?.find(({ labels }) => labels['le'] === le)?.value
    expect([at('0.001'), at('0.01'), at('0.05'), at('0.1'), at('1'), at('+Inf')]).toEqual([
      1, 2, 2, 3, 4, 4,
    ])
  })

  test('gauges tell how the run stands; what nobody measured is left out', () => {
    const snapshot = new Recorder(0).snapshot()
    const progress = sampleProgress(30, { targetCpuShare: null })
    const live = parse(prometheusText({ snapshot, progress, run }))
    const value = (name: string, label?: string) =>
      live.get(name)?.samples.find(({ labels }) => Object.values(labels).join() === (label ?? ''))
        ?.value
    expect(value('csms_run_seconds')).toBe(30)
    expect(value('csms_run_phase', 'steady')).toBe(1)
    expect(value('csms_run_phase', 'ramp')).toBe(0)
    expect(value('csms_stations', 'accepted')).toBe(progress.stations.accepted)
    expect(value('csms_offered_per_second')).toBe(progress.offeredPerSecond)
    expect(value('csms_generator_cpu_cores')).toBe(progress.generator.cpuShare)
    expect(live.has('csms_target_cpu_cores')).toBe(false)
  })

  test('the guide lists every metric, and none that is not there', async () => {
    const recorder = new Recorder(0)
    recorder.absorb(sample.metrics)
    const stations = recorder.stations('city', 'ocpp1.6')
    recorder.connectFailed(stations, 'refused')
    recorder.commandServed(recorder.commands('city', 'ocpp1.6', 'Reset'), 'result')
    const progress = sampleProgress(30, { targetCpuShare: 0.5 })
    const live = parse(prometheusText({ snapshot: recorder.snapshot(), progress, run }))
    const guide = await readFile(join(import.meta.dirname, '../../docs/guide/ci.md'), 'utf8')
    const rows = [...guide.matchAll(/^\| `((?:ocpp|csms)_\w+)` \| (\w+)[^|]*\| ([^|]*)\|$/gm)]
    const listed = rows.map(([, name, type, labels = '']) => {
      return { name, type, labels: labels.trim().split(/, */).filter(Boolean).sort() }
    })
    const labelsOf = ({ samples }: Family) => {
      const names = new Set(samples.flatMap(({ labels }) => Object.keys(labels)))
      return [...names].filter((label) => label !== 'le').sort()
    }
    const told = [...live.values()].map((family) => {
      return { name: family.name, type: family.type, labels: labelsOf(family) }
    })
    const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
      (a.name ?? '').localeCompare(b.name ?? '')
    expect(listed.sort(byName)).toEqual(told.sort(byName))
  })

  test('as many fleets as there are make no more series', () => {
    const recorder = new Recorder(0)
    for (let fleet = 0; fleet < 500; fleet += 1) {
      recorder.exchangeStarted(recorder.exchanges(`fleet-${fleet}`, 'ocpp1.6', 'Heartbeat'))
      recorder.connected(recorder.stations(`fleet-${fleet}`, 'ocpp1.6'), 1_000, false)
      recorder.scriptCompleted(`fleet-${fleet}`)
    }
    const text = prometheusText({ snapshot: recorder.snapshot(), progress: undefined, run })
    expect(text).not.toContain('fleet-')
    expect(text.split('\n').length).toBeLessThan(200)
  })

  test('before anything happened it is valid, too', () => {
    const snapshot = new Recorder(0).snapshot()
    expect(parse(prometheusText({ snapshot, progress: undefined, run })).has('csms_run_info')).toBe(
      true,
    )
  })
})
