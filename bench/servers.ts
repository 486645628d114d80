import { BenchProcess } from './bench-process.ts'
import { bin, type Measurement, measureBoth, script, type Windows } from './measure.ts'
import type { ClientCount } from './pair-client.ts'

/** A management system under load: how it is started, and what it says where it listens. */
export interface LoadServer {
  readonly name: string
  start(corpus: string): Promise<{ readonly process: BenchProcess; readonly url: string }>
}

/** All answer the same bytes, driven by the same bare client. */
export const loadServers: readonly LoadServer[] = [
  {
    name: 'csms serve',
    async start() {
      const args = [bin, 'serve', '--port', '0', '--log-format', 'json']
      const process = new BenchProcess(globalThis.process.execPath, args)
      const { url } = await process.next<{ url: string }>()
      return { process, url }
    },
  },
  {
    name: 'bare ws server',
    async start(corpus) {
      const process = script('pair-server.ts', ['json', corpus])
      const { port } = await process.next<{ port: number }>()
      return { process, url: `ws://127.0.0.1:${port}` }
    },
  },
  {
    name: 'ocpp-rpc server',
    async start(corpus) {
      const process = script('ocpp-rpc-server.ts', [corpus])
      const { port } = await process.next<{ port: number }>()
      return { process, url: `ws://127.0.0.1:${port}` }
    },
  },
]

/** One server, driven by the bare client, which counts. */
export async function measureServer(
  server: LoadServer,
  stations: number,
  corpus: string,
  windows: Windows,
): Promise<Measurement> {
  const { process, url } = await server.start(corpus)
  await using running = process
  await using client = script('pair-client.ts', ['json', url, String(stations), corpus])
  await client.next()
  const counted = async () => (await client.ask<ClientCount>()).exchanges
  return await measureBoth(client, running, stations, windows, counted)
}
