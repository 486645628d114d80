import type { OcppVersion } from '../../../ocpp/version.ts'
import type { Order } from '../hook.ts'
import type { Errand } from '../plan.ts'
import type { ApiRequest } from './asking.ts'

/** The API of a CSMS that is known: how it is told to send a CALL. */
export interface Preset {
  /** How it orders a CALL, for people. */
  readonly title: string
  can(version: OcppVersion, action: string): boolean
  request(order: Order): ApiRequest
  /** Why its API has no words for this payload; undefined: it has. */
  cannot?(order: Order): string | undefined
  /** What is wrong with the JSON of a response with a good status; undefined: nothing. */
  fault?(body: unknown): string | undefined
  /** Whether what came with a bad status says that the CSMS sends no such thing; undefined: it does not. */
  unable?(status: number, body: unknown): string | undefined
  /** How the tokens of the fixtures are made and forgotten, where a file says nothing of it. */
  readonly provision?: readonly Errand[]
  readonly teardown?: readonly Errand[]
}
