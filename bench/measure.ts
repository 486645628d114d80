import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** One measurement of a pair of processes, steady window only. */
export interface Measurement {
  readonly exchangesPerSecond: number
  /** Microseconds of CPU per exchange. */
  readonly clientCpuMicros: number
  readonly serverCpuMicros: number
  /** Resident memory over connections; includes what the process takes with none. */
  readonly clientKibPerStation: number
  readonly serverKibPerStation: number
}

export interface Windows {
  readonly warmupSeconds: number
  readonly steadySeconds: number
}

const here = import.meta.dirname
const bin = join(here, '../bin/csms.js')
const tsx = ['--import', 'tsx']

interface Usage {
  readonly cpuSeconds: number
  readonly rssBytes: number
}

interface ClientResult extends Usage {
  readonly exchanges: number
  readonly seconds: number
}

/** The bare `ws` pair: `json` parses and writes each frame once a side, `canned` does neither. */
export async function measurePair(
  mode: 'json' | 'canned',
  stations: number,
  corpus: string,
  { warmupSeconds, steadySeconds }: Windows,
): Promise<Measurement> {
  const server = start('pair-server.ts', [mode, corpus])
  const { port } = await server.next<{ port: number }>()
  const client = start('pair-client.ts', [
    mode,
    `ws://127.0.0.1:${port}`,
    String(stations),
    String(warmupSeconds),
    String(steadySeconds),
    corpus,
  ])
  await client.next()
  server.child.stdin?.write('steady begins\n')
  const ours = await client.next<ClientResult>()
  server.child.stdin?.end()
  const theirs = await server.next<Usage>()
  await Promise.all([server.ended, client.ended])
  return {
    exchangesPerSecond: ours.exchanges / ours.seconds,
    clientCpuMicros: (ours.cpuSeconds * 1e6) / ours.exchanges,
    serverCpuMicros: (theirs.cpuSeconds * 1e6) / ours.exchanges,
    clientKibPerStation: ours.rssBytes / 1024 / stations,
    serverKibPerStation: theirs.rssBytes / 1024 / stations,
  }
}

/** What the bench reads of a report. */
interface BenchReport {
  readonly verdict: string
  readonly reasons: readonly string[]
  readonly books: { readonly checked: boolean }
  readonly transactions: { readonly mismatched: number; readonly started: number }
  readonly exchanges: { readonly perSecond: number }
  readonly generator: {
    readonly workers: number
    readonly cpuShare: { readonly mean: number }
    readonly maxRssBytes: number
  }
  readonly target: { readonly cpuShare: number; readonly maxRssBytes: number }
}

/** csms against its own CSMS with everything on that a user has on; throws if it did not pass. */
export async function measureCsms(stations: number, out: string): Promise<Measurement> {
  const args = ['simulate', join(here, 'mix.yaml'), '--stations', String(stations)]
  const report = await runCsms<BenchReport>([...args, '--workers', '1', '--out', out, '--json'])
  const balanced = report.books.checked && report.transactions.mismatched === 0
  if (report.verdict !== 'pass' || !balanced || report.transactions.started === 0) {
    throw new Error(`the run did not pass: ${report.reasons.join('; ')}`)
  }
  const { perSecond } = report.exchanges
  return {
    exchangesPerSecond: perSecond,
    clientCpuMicros: (report.generator.cpuShare.mean * 1e6) / perSecond,
    serverCpuMicros: (report.target.cpuShare * 1e6) / perSecond,
    clientKibPerStation: report.generator.maxRssBytes / 1024 / stations,
    serverKibPerStation: report.target.maxRssBytes / 1024 / stations,
  }
}

/** Frames of a short run of csms itself, so that the bare pairs carry the same bytes. */
export async function recordFrames(out: string): Promise<string> {
  const args = ['simulate', join(here, 'mix.yaml'), '--stations', '20', '--duration', '2s']
  await runCsms([...args, '--frames', '--out', out, '--json'])
  const [folder = ''] = await readdir(out)
  return readFile(join(out, folder, 'frames.ndjson'), 'utf8')
}

async function runCsms<Report>(args: readonly string[]): Promise<Report> {
  const { stdout } = await promisify(execFile)(process.execPath, [bin, ...args, '--quiet'], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout) as Report
}

function start(script: string, args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [...tsx, join(here, script), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  if (!child.stdout) throw new Error('no standard output')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async <Line>(): Promise<Line> => {
    const line = await lines.next()
    if (line.done) throw new Error(`${script} ended early`)
    return JSON.parse(line.value) as Line
  }
  return { child, ended, next }
}
