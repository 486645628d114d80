/**
 * npm run bench: csms against its own CSMS, beside two bare pairs of `ws` processes that carry the
 * same bytes. Interleaved, median of five; only the ratios within one run mean anything elsewhere.
 *
 *   npm run bench                    200 and 2,000 stations, five rounds, about six minutes
 *   npm run bench -- --rounds 1      a quick look
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { corpusOf } from './corpus.ts'
import { type Measurement, measureCsms, measurePair, recordFrames } from './measure.ts'
import { median } from './median.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const rounds = Number(values.rounds)
const windows = { warmupSeconds: 3, steadySeconds: 5 }
const sizes = [200, 2000] as const

const scratch = await mkdtemp(join(tmpdir(), 'csms-bench-'))
try {
  const corpus = join(scratch, 'corpus.json')
  const recorded = corpusOf(await recordFrames(join(scratch, 'frames')))
  await writeFile(corpus, JSON.stringify(recorded))
  const bytes = recorded.requests.map((request) => JSON.stringify(request).length)
  say(
    `${cpus().length} x ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}, loopback; ` +
      `${windows.warmupSeconds} s warm-up, ${windows.steadySeconds} s steady, median of ${rounds}; ` +
      `requests of ${Math.round(bytes.reduce((sum, n) => sum + n, 0) / bytes.length)} bytes on average`,
  )
  const results: Record<string, unknown> = { node: process.version, cores: cpus().length, rounds }
  for (const stations of sizes) {
    const taken: Record<string, Measurement[]> = {
      'bare JSON pair': [],
      'canned pair': [],
      csms: [],
    }
    const ratios: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const bare = await measurePair('json', stations, corpus, windows)
      const csms = await measureCsms(stations, join(scratch, 'reports'))
      taken['bare JSON pair']?.push(bare)
      taken['canned pair']?.push(await measurePair('canned', stations, corpus, windows))
      taken['csms']?.push(csms)
      // Neighbours in time: their spread shows how much the machine's own speed drifted.
      ratios.push(csms.exchangesPerSecond / bare.exchangesPerSecond)
    }
    say(`\n${stations} stations      exchanges/s   messages/s   CPU µs/exchange   KiB/station`)
    say('                                                  client   server    client  server')
    const medians: Record<string, Measurement> = {}
    for (const [name, measurements] of Object.entries(taken)) {
      const middle = middleOf(measurements)
      medians[name] = middle
      say(row(name, middle))
    }
    const ratio =
      (medians['csms']?.exchangesPerSecond ?? 0) /
      (medians['bare JSON pair']?.exchangesPerSecond ?? Number.NaN)
    const [least, most] = [Math.min(...ratios), Math.max(...ratios)]
    say(
      `ratio to the bare JSON pair: ${ratio.toFixed(2)} (of the medians; round by round ${least.toFixed(2)} to ${most.toFixed(2)})`,
    )
    results[`stations${stations}`] = medians
    results[`ratio${stations}`] = Number(ratio.toFixed(3))
  }
  const file = join(import.meta.dirname, 'results.json')
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
  say('\nwritten to bench/results.json')
} finally {
  await rm(scratch, { recursive: true, force: true })
}

function middleOf(measurements: readonly Measurement[]): Measurement {
  const of = (key: keyof Measurement) => median(measurements.map((one) => one[key]))
  return {
    exchangesPerSecond: of('exchangesPerSecond'),
    clientCpuMicros: of('clientCpuMicros'),
    serverCpuMicros: of('serverCpuMicros'),
    clientKibPerStation: of('clientKibPerStation'),
    serverKibPerStation: of('serverKibPerStation'),
  }
}

function row(name: string, one: Measurement): string {
  const count = (value: number, width: number) =>
    Math.round(value).toLocaleString('en-US').padStart(width)
  return [
    name.padEnd(17),
    count(one.exchangesPerSecond, 13),
    count(one.exchangesPerSecond * 2, 12),
    one.clientCpuMicros.toFixed(1).padStart(14),
    one.serverCpuMicros.toFixed(1).padStart(8),
    count(one.clientKibPerStation, 9),
    count(one.serverKibPerStation, 7),
  ].join(' ')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
