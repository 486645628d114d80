import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BenchProcess, sleep } from './bench-process.ts'
import type { ClientCount } from './pair-client.ts'
import type { ServerCount } from './pair-server.ts'

export const here = import.meta.dirname
export const bin = join(here, '../bin/csms.js')

/** One measurement of a client and a server, steady window only. */
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

/** One of our own TypeScript programs in `bench/`. */
export function script(file: string, args: readonly string[]): BenchProcess {
  return new BenchProcess(process.execPath, ['--import', 'tsx', join(here, file), ...args])
}

/**
 * Watches two process trees over the steady window.
 *
 * @param counted exchanges so far, by whichever side is independent
 */
export async function measureBoth(
  client: BenchProcess,
  server: BenchProcess,
  stations: number,
  { warmupSeconds, steadySeconds }: Windows,
  counted: () => Promise<number>,
): Promise<Measurement> {
  await sleep(warmupSeconds)
  const look = async () => {
    const exchanges = await counted()
    return { exchanges, at: performance.now(), client: client.usage(), server: server.usage() }
  }
  const begin = await look()
  await sleep(steadySeconds)
  const end = await look()
  const exchanges = end.exchanges - begin.exchanges
  if (exchanges === 0) throw new Error(`nothing was exchanged: ${client.stderr} ${server.stderr}`)
  const micros = (side: 'client' | 'server') =>
    ((end[side].cpuSeconds - begin[side].cpuSeconds) * 1e6) / exchanges
  return {
    exchangesPerSecond: (exchanges * 1000) / (end.at - begin.at),
    clientCpuMicros: micros('client'),
    serverCpuMicros: micros('server'),
    clientKibPerStation: end.client.rssBytes / 1024 / stations,
    serverKibPerStation: end.server.rssBytes / 1024 / stations,
  }
}

/** The bare `ws` pair: `json` parses and writes each frame once a side, `canned` does neither. */
export async function measurePair(
  mode: 'json' | 'canned',
  stations: number,
  corpus: string,
  windows: Windows,
): Promise<Measurement> {
  await using server = script('pair-server.ts', [mode, corpus])
  const { port } = await server.next<{ port: number }>()
  const url = `ws://127.0.0.1:${port}`
  await using client = script('pair-client.ts', [mode, url, String(stations), corpus])
  await client.next()
  const counted = async () => (await client.ask<ClientCount>()).exchanges
  return await measureBoth(client, server, stations, windows, counted)
}

/** What the bench reads of a report. */
interface BenchReport {
  readonly verdict: string
  readonly reasons: readonly string[]
  readonly books: { readonly checked: boolean }
  readonly transactions: { readonly mismatched: number; readonly started: number }
  readonly exchanges: { readonly perSecond: number }
  readonly generator: {
    readonly cpuShare: { readonly mean: number }
    readonly maxRssBytes: number
  }
  readonly target: { readonly cpuShare: number; readonly maxRssBytes: number }
}

/** csms against its own CSMS with everything on that a user has on; throws if it did not pass. */
export async function measureCsms(
  stations: number,
  out: string,
  vars: readonly string[] = [],
): Promise<Measurement> {
  const set = vars.flatMap((one) => ['--set', one])
  const args = ['simulate', join(here, 'mix.yaml'), '--stations', String(stations), ...set]
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

/** Frames of a short run of csms itself, so that every client and server carries the same bytes. */
export async function recordFrames(out: string): Promise<string> {
  const args = ['simulate', join(here, 'mix.yaml'), '--stations', '20', '--duration', '2s']
  await runCsms([...args, '--frames', '--out', out, '--json'])
  for (const name of await readdir(out)) {
    if (name.endsWith('.json')) continue
    return await readFile(join(out, name, 'frames.ndjson'), 'utf8')
  }
  throw new Error('no frames were recorded')
}

/** Runs the built command line to its JSON report. */
export async function runCsms<Report>(args: readonly string[]): Promise<Report> {
  const { stdout } = await promisify(execFile)(process.execPath, [bin, ...args, '--quiet'], {
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(stdout) as Report
}

/** Waits until so many are connected to the minimal server. */
export async function untilConnected(
  server: BenchProcess,
  client: BenchProcess,
  stations: number,
): Promise<void> {
  let connected = 0
  for (let look = 0; look < 600; look += 1) {
    connected = (await server.ask<ServerCount>()).connections
    if (connected >= stations) return
    await sleep(0.1)
  }
  throw new Error(`${connected} of ${stations} connected within a minute: ${client.stderr}`)
}
