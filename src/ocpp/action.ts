import { actions16 } from './v16/actions.ts'
import { actions21 } from './v21/actions.ts'
import { actions201 } from './v201/actions.ts'
import type { OcppVersion } from './version.ts'

/** The payload types of a CALL and of its CALLRESULT. */
export interface Exchange<Request, Response> {
  readonly request: Request
  readonly response: Response
}

/** The payload type of a SEND (2.1), which has no answer. */
export interface Sent<Request> {
  readonly request: Request
  readonly response: never
}

/** `data` may be any JSON [2.0.1 DataTransferRequest]; the generated types know objects only. */
export type AnyData<Payload> = Omit<Payload, 'data'> & { readonly data?: unknown }

/** What the specification says of an action besides its payloads. */
export interface ActionInfo {
  /** Who may send it. */
  readonly from: 'station' | 'csms' | 'both'
  /** 1.6: the feature profile. */
  readonly profile?: string
  /** 2.x: the letter of the functional block. */
  readonly block?: string
  /** 2.1: sent as SEND, never answered. */
  readonly send?: true
}

export const actionsOf: Readonly<Record<OcppVersion, Readonly<Record<string, ActionInfo>>>> = {
  'ocpp1.6': actions16,
  'ocpp2.0.1': actions201,
  'ocpp2.1': actions21,
}

/** Undefined where the version has no such action. */
export function actionInfo(version: OcppVersion, action: string): ActionInfo | undefined {
  const table = actionsOf[version]
  return Object.prototype.hasOwnProperty.call(table, action) ? table[action] : undefined
}
