import { actionInfo } from '../action.ts'
import type { PayloadCheck, PayloadValidators } from '../schemas.ts'
import type { OcppVersion } from '../version.ts'

/** Answered to a CALL to leave it without an answer (a station told to misbehave). */
export const noReply: unique symbol = Symbol('no reply')

/** Answers with this payload as it stands, valid or not (a station told to misbehave). */
export class RawReply {
  readonly payload: object

  constructor(payload: object) {
    this.payload = payload
  }
}

/** What a handler gives back; a handler may answer at once, the hot path owes nobody a promise. */
export type Reply<Response> = Response | RawReply | typeof noReply

/**
 * Serves one action: a plain function from request to response. Throws `CallError` to answer with a
 * CALLERROR; any other exception becomes InternalError and is reported.
 */
export type Handler<Actions, Action extends keyof Actions, Context> = (
  request: RequestOf<Actions, Action>,
  context: Context,
) => Reply<ResponseOf<Actions, Action>> | Promise<Reply<ResponseOf<Actions, Action>>>

export type RequestOf<Actions, Action extends keyof Actions> = Actions[Action] extends {
  readonly request: infer Request
}
  ? Request
  : never

export type ResponseOf<Actions, Action extends keyof Actions> = Actions[Action] extends {
  readonly response: infer Response
}
  ? Response
  : never

/** Handlers by action; what is left out is answered NotSupported. */
export type Handlers<Actions, Context> = {
  readonly [Action in keyof Actions]?: Handler<Actions, Action, Context>
}

type AnyHandler<Context> = (
  request: object,
  context: Context,
) => Reply<object> | Promise<Reply<object>>

/** An action as a connection meets it: looked up once per frame. */
export interface ServedAction<Context> {
  readonly handler: AnyHandler<Context> | undefined
  readonly checkRequest: PayloadCheck | undefined
  readonly checkResponse: PayloadCheck | undefined
  /** The specification lets the peer send it to us. */
  readonly legal: boolean
  /** It goes out as a SEND, which nobody answers [2.1 Part 4 4.2.4]; others go out as CALLs. */
  readonly unanswered: boolean
}

/**
 * What one side of one version answers and sends: handlers, validators and directions joined in one
 * table. Made once per process and shared by its connections.
 */
export class RpcService<Context> {
  readonly version: OcppVersion
  readonly role: 'station' | 'csms'
  readonly #handlers: Readonly<Record<string, AnyHandler<Context> | undefined>>
  readonly #validators: PayloadValidators
  readonly #table = new Map<string, ServedAction<Context> | undefined>()

  constructor(
    version: OcppVersion,
    role: 'station' | 'csms',
    handlers: object,
    validators: PayloadValidators,
  ) {
    this.version = version
    this.role = role
    this.#handlers = handlers as Readonly<Record<string, AnyHandler<Context> | undefined>>
    this.#validators = validators
  }

  /** Undefined where the version has no such action. */
  action(name: string): ServedAction<Context> | undefined {
    const known = this.#table.get(name)
    if (known !== undefined) return known
    const info = actionInfo(this.version, name)
    // Names a peer made up are not remembered: the table stays as large as the specification.
    if (!info) return undefined
    const served: ServedAction<Context> = {
      handler: this.#handlers[name],
      checkRequest: this.#validators.check(this.version, name, 'request'),
      checkResponse: this.#validators.check(this.version, name, 'response'),
      legal: info.from === 'both' || info.from !== this.role,
      unanswered: info.send === true,
    }
    this.#table.set(name, served)
    return served
  }

  /**
   * Makes the validators of what nearly every station says, so that no measured time holds the time
   * that takes: compiling up to 77 ms a schema, reading 1 to 5. The others are made when first needed.
   */
  prepare(): void {
    for (const name of everyday) {
      const action = this.action(name)
      action?.checkRequest?.({})
      action?.checkResponse?.({})
    }
  }
}

/** What stations of any version say in the course of a day; a version's table has some of these. */
const everyday: readonly string[] = [
  'BootNotification',
  'StatusNotification',
  'Heartbeat',
  'Authorize',
  'StartTransaction',
  'MeterValues',
  'StopTransaction',
  'TransactionEvent',
  'NotifyEvent',
]
