import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { BenchProcess } from './bench-process.ts'
import {
  bin,
  here,
  type Measurement,
  measureBoth,
  script,
  untilConnected,
  type Windows,
} from './measure.ts'
import type { ServerCount } from './pair-server.ts'

/** Something that makes load: how it is started against a URL. */
export interface LoadClient {
  readonly name: string
  start(url: string, stations: number): BenchProcess
}

/** How long a client may go on; it is killed before. */
const longSeconds = 120

/** The generators to compare: one frame in flight per connection, the same bytes, one server. */
export async function loadClients(corpus: string, out: string): Promise<LoadClient[]> {
  const clients: LoadClient[] = [
    {
      name: 'csms simulate, 1 worker',
      start(url, stations) {
        const what = [bin, 'simulate', join(here, 'mix.yaml'), '--target', url, '--workers', '1']
        const size = ['--stations', String(stations), '--duration', `${longSeconds}s`]
        const output = ['--out', out, '--quiet', '--json']
        return new BenchProcess(process.execPath, [...what, ...size, ...output])
      },
    },
    {
      name: 'bare ws client',
      start: (url, stations) => script('pair-client.ts', ['json', url, String(stations), corpus]),
    },
    {
      name: 'ocpp-rpc client',
      start: (url, stations) => script('ocpp-rpc-client.ts', [url, String(stations), corpus]),
    },
  ]
  const k6 = await findK6()
  if (k6 === undefined) return clients
  for (const perVu of [1, 50]) {
    clients.push({
      name: `k6, ${perVu} socket${perVu === 1 ? '' : 's'} a VU`,
      start(url, stations) {
        const run = ['run', '--quiet', '--no-usage-report', '-e', `URL=${url}`]
        const size = ['-e', `VUS=${stations / perVu}`, '-e', `SOCKETS=${perVu}`]
        const work = ['-e', `CORPUS=${corpus}`, '-e', `SECONDS=${longSeconds}`]
        return new BenchProcess(k6, [...run, ...size, ...work, join(here, 'k6/closed-loop.ts')], {
          K6_AUTO_EXTENSION_RESOLUTION: 'false',
        })
      },
    })
  }
  return clients
}

/** `CSMS_K6_BIN`, or `k6` on the PATH; undefined where there is none. */
export async function findK6(): Promise<string | undefined> {
  const named = process.env['CSMS_K6_BIN']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  for (const path of named === undefined ? folders.map((f) => join(f, 'k6')) : [named]) {
    try {
      await access(path, constants.X_OK)
      return path
    } catch {
      // The next one.
    }
  }
  if (named !== undefined) throw new Error(`CSMS_K6_BIN: ${named} cannot be run`)
  return undefined
}

/** One generator against the minimal server, which counts. */
export async function measureClient(
  client: LoadClient,
  stations: number,
  corpus: string,
  windows: Windows,
): Promise<Measurement> {
  await using server = script('pair-server.ts', ['json', corpus])
  const { port } = await server.next<{ port: number }>()
  await using process = client.start(`ws://127.0.0.1:${port}`, stations)
  await untilConnected(server, process, stations)
  const counted = async () => (await server.ask<ServerCount>()).exchanges
  return await measureBoth(process, server, stations, windows, counted)
}
