import { ocppVersions } from '../../ocpp/version.ts'
import { packageVersion } from '../../platform/package-version.ts'
import type { Clock } from '../../shared/clock.ts'
import { messageOf } from '../../shared/errors.ts'
import { sendJson } from './problem.ts'
import { type Route, route } from './route.ts'
import { ref } from './schema.ts'

const version = packageVersion()
/** A process that says nothing for so long cannot serve its stations either. */
const patienceMs = 2_000

const getHealth = route({
  method: 'GET',
  path: '/health',
  id: 'getHealth',
  tag: 'Server',
  summary: 'Is it up, since when, and how much it holds',
  role: 'anybody',
  answers: { 200: { description: 'It is up.', schema: ref('Health') } },
  async handle({ response, services }) {
    const { clock, operations, startedMicros, runId } = services
    const { connections, stations, transactions } = await operations.holdings()
    sendJson(response, 200, {
      status: 'ok',
      version,
      runId,
      uptimeSeconds: Math.floor((clock.monotonicMicros() - startedMicros) / 1e6),
      connections,
      stations,
      transactions,
      speaks: ocppVersions,
      store: operations.storeKind,
    })
  },
})

const getLive = route({
  method: 'GET',
  path: '/health/live',
  id: 'getLive',
  tag: 'Server',
  summary: 'Does the process that listens answer: restart it where it does not',
  role: 'anybody',
  answers: { 200: { description: 'It lives.', schema: ref('Live') } },
  handle({ response }) {
    sendJson(response, 200, { status: 'live' })
  },
})

const getReady = route({
  method: 'GET',
  path: '/health/ready',
  id: 'getReady',
  tag: 'Server',
  summary: 'Can it serve stations: send it none where it cannot',
  role: 'anybody',
  answers: {
    200: { description: 'It can.', schema: ref('Readiness') },
    503: { description: 'It cannot, and why.', schema: ref('Readiness') },
  },
  async handle({ response, services: { operations, clock } }) {
    const reasons = await within(clock, Promise.resolve(operations.troubles()))
    const status = reasons.length === 0 ? 'ready' : 'unavailable'
    sendJson(response, status === 'ready' ? 200 : 503, { status, reasons })
  },
})

/** What stands in the way, or that nobody said in time. */
function within(clock: Clock, told: Promise<readonly string[]>): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const cancel = clock.after(patienceMs, () => resolve(['a process does not answer']))
    told
      .catch((error: unknown) => [messageOf(error)])
      .then((reasons) => {
        cancel()
        resolve(reasons)
      })
      .catch(() => resolve(['it cannot be told']))
  })
}

export const healthRoutes: readonly Route[] = [getHealth, getLive, getReady]
