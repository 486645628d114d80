import { ocppVersions } from '../../ocpp/version.ts'
import { packageVersion } from '../../platform/package-version.ts'
import { sendJson } from './problem.ts'
import { onlyParameters } from './query.ts'
import type { Route } from './route.ts'

const version = packageVersion()

/** `GET /health`: is it up, since when, and how much it holds. Open to everybody. */
export const getHealth: Route = async ({ response, query, services }) => {
  onlyParameters(query)
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
}
