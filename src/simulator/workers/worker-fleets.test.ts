import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { RecentProblems } from '../../metrics/recent-problems.ts'
import { Recorder } from '../../metrics/recorder.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { ConnectorStatuses } from './connector-statuses.ts'
import type { StationEvents } from './recording-observer.ts'
import { plainTarget } from './target.ts'
import { workerFleets } from './worker-fleets.ts'

const unheard: StationEvents = {
  connecting: () => undefined,
  connectSettled: () => undefined,
  ready: () => undefined,
  localSocketError: () => undefined,
  fault: () => undefined,
  frame: undefined,
}

/** What the stations of a fleet ask for in their upgrade. */
async function extensionsOf(fleet: string): Promise<string | undefined> {
  const text = `name: t\nfleets: [{name: f, ${fleet} script: [boot]}]`
  const loaded = loadScenario({ file: 'test.yaml', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  let asked: string | undefined
  server.on('upgrade', (request, socket) => {
    asked = request.headers['sec-websocket-extensions']
    socket.destroy()
  })
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clock = new VirtualClock()
  const [made] = workerFleets(
    {
      plan: loaded.plan,
      target: plainTarget([url]),
      runSalt: 's',
      simulated: { speed: 1, originEpochMs: 0, originWallMs: 0 },
      connectTimeoutMs: 5000,
    },
    { real: clock, simulated: clock },
    {
      recorder: new Recorder(0),
      clock,
      events: unheard,
      statuses: new ConnectorStatuses(),
      problems: new RecentProblems(0),
      outstanding: 0,
    },
  )
  const request = { url, protocols: ['ocpp1.6'], headers: {}, timeoutMs: 5000 }
  await new Promise<void>((resolve) => {
    made?.stations.dial(request, { opened: () => resolve(), failed: () => resolve() })
  })
  server.close()
  return asked
}

test('stations offer permessage-deflate where their fleet says so, and only there', async () => {
  expect(await extensionsOf('connection: {compression: true},')).toBe(
    'permessage-deflate; server_no_context_takeover; client_no_context_takeover; client_max_window_bits=12',
  )
  expect(await extensionsOf('connection: {},')).toBeUndefined()
  expect(await extensionsOf('')).toBeUndefined()
})
