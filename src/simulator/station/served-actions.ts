import { actionsOf } from '../../ocpp/action.ts'
import { CallError } from '../../ocpp/rpc/error-codes.ts'
import { type Handlers, type Reply, RpcService } from '../../ocpp/rpc/service.ts'
import type { PayloadValidators } from '../../ocpp/schemas.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { ServingStation } from './behaviour.ts'

/** The RPC service of a version's stations: every action that a CSMS may send goes to `serve`. */
export function stationService(
  version: OcppVersion,
  validators: PayloadValidators,
): RpcService<ServingStation> {
  const handlers: Record<string, (request: object, station: ServingStation) => unknown> = {}
  for (const [action, info] of Object.entries(actionsOf[version])) {
    if (info.from !== 'station') {
      handlers[action] = (request, station) => station.serve(action, request)
    }
  }
  return new RpcService(version, 'station', handlers, validators)
}

type AnyHandler<Context> = (
  request: object,
  context: Context,
) => Reply<object> | Promise<Reply<object>>

/** Looks a version's handlers up by name; what is missing is NotSupported. */
export function dispatcher<Actions, Context>(
  handlers: Handlers<Actions, Context>,
): (action: string, request: object, context: Context) => Reply<object> | Promise<Reply<object>> {
  // The connection checked the request against the schema of just this action.
  const table = new Map(Object.entries(handlers) as [string, AnyHandler<Context>][])
  return (action, request, context) => {
    const handler = table.get(action)
    if (!handler) throw new CallError('NotSupported', `${action} is not supported`)
    return handler(request, context)
  }
}
