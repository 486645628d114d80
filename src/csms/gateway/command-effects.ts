import type { RequestOf, ResponseOf } from '../../ocpp/rpc/service.ts'
import type { StationContext } from '../domain/domain.ts'

/** What the management system learns from a station's answers to its own CALLs, by action. */
export type CommandEffects<Actions> = {
  readonly [Action in keyof Actions]?: (
    request: RequestOf<Actions, Action>,
    response: ResponseOf<Actions, Action>,
    context: StationContext,
  ) => void
}

export type AnyEffect = (request: object, response: object, context: StationContext) => void

/** The table of one version, as the commander looks actions up in it. */
export function effectTable<Actions>(
  effects: CommandEffects<Actions>,
): ReadonlyMap<string, AnyEffect> {
  return new Map(Object.entries(effects) as [string, AnyEffect][])
}
