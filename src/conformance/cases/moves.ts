import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { RequestOf, ResponseOf } from '../../ocpp/rpc/service.ts'
import type { TlsAgreement } from '../../transport/tls-handshake.ts'
import type { Scene } from '../play/scene.ts'
import type {
  AskedMove,
  CallMove,
  ConnectAs,
  ConnectMove,
  Demand,
  DoMove,
  HandshakeMove,
  Level,
  Offer,
  RawMove,
  Reaction,
  Saves,
  StationAnswer,
  WaitMove,
} from './case.ts'
import type { Filled, Matching, ValueRef } from './values.ts'

type Name<Actions> = string & keyof Actions

interface Judged<Payload> {
  /** What the payload must look like. */
  readonly expect?: Matching<Payload>
  /** What it should look like: otherwise a warning. */
  readonly prefer?: Matching<Payload>
  readonly clause?: string
  readonly save?: Saves
}

interface Asking<Request, Response> extends Judged<Request> {
  /** What the hook is told to make the CSMS send; default: by itself. */
  readonly order?: Filled<Request>
  readonly answer: Filled<Response> | Unanswered
  readonly withinMs?: number
}

type Unanswered = { readonly callError: RpcErrorCode } | 'silence'

/** The moves of one version, typed by its payloads. */
export interface Moves<Actions> {
  /** The station sends a CALL; it is answered with a CALLRESULT that fits. */
  call<Action extends Name<Actions>>(
    action: Action,
    payload: Filled<RequestOf<Actions, Action>>,
    judged?: Judged<ResponseOf<Actions, Action>>,
  ): CallMove
  /** The station sends a CALL that must be refused with one of these codes. */
  refused<Action extends Name<Actions>>(
    action: Action,
    payload: Filled<RequestOf<Actions, Action>>,
    codes: readonly RpcErrorCode[],
    clause: string,
  ): CallMove
  /** The CSMS sends a CALL. What is ordered is also what is expected, unless `expect` says more. */
  asked<Action extends Name<Actions>>(
    action: Action,
    asking: Asking<RequestOf<Actions, Action>, ResponseOf<Actions, Action>>,
  ): AskedMove
}

/**
 * The moves of `1.6`, `2.0.1` or `2.1`.
 *
 * @param clause what a row is judged by unless it names its own
 */
export function movesOf<Actions>(clause: '1.6' | '2.0.1' | '2.1'): Moves<Actions> {
  /** Of a CALL that is about nothing else. */
  const everyCallAnswered = clause === '1.6' ? '1.6J 4.1.1' : `${clause} Part 4 4.1.1`
  return {
    call: (action, payload, judged = {}) => ({
      kind: 'call',
      action,
      payload: payload as object,
      clause: judged.clause ?? everyCallAnswered,
      demands: demandsOf(action, judged, clause),
      save: judged.save ?? {},
    }),
    refused: (action, payload, codes, of) => ({
      kind: 'call',
      action,
      payload: payload as object,
      clause: of,
      demands: [{ name: `${action} refused`, matcher: '$any', level: 'MUST', clause: of }],
      callError: codes,
      save: {},
    }),
    asked: (action, { order, answer, withinMs, ...judged }) => ({
      kind: 'asked',
      action,
      order: order as object | undefined,
      demands: demandsOf(action, { expect: order as object | undefined, ...judged }, clause),
      answer: answerOf(answer as object | Unanswered),
      save: judged.save ?? {},
      ...(withinMs !== undefined && { withinMs }),
    }),
  }
}

/** Any text, and what may come of it. */
export function raw(
  name: string,
  text: string,
  judged: {
    readonly pass: readonly Reaction[]
    readonly warn?: readonly Reaction[]
    readonly clause: string
    readonly idLength?: number
    readonly answeredAs?: string
  },
): RawMove {
  const { warn = [], ...rest } = judged
  return { kind: 'raw', name, text, warn, ...rest }
}

export function connects(
  name: string,
  as: ConnectAs,
  { clause, protocol }: { readonly clause: string; readonly protocol?: string },
): ConnectMove {
  return {
    kind: 'connect',
    name,
    as,
    accepted: true,
    clause,
    ...(protocol !== undefined && { protocol }),
  }
}

export function turnedAway(name: string, as: ConnectAs, clause: string): ConnectMove {
  return { kind: 'connect', name, as, accepted: false, clause }
}

/** The server agrees to what the client offers. */
export function shakesHands(
  name: string,
  offer: Offer,
  { agrees, clause }: { readonly agrees: Matching<TlsAgreement>; readonly clause: string },
): HandshakeMove {
  return { kind: 'handshake', name, offer, agrees: agrees as object, clause }
}

/** The server wants no such client. */
export function refusesHands(name: string, offer: Offer, clause: string): HandshakeMove {
  return { kind: 'handshake', name, offer, agrees: undefined, clause }
}

/** @param ms milliseconds, or a fixture that holds them */
export function wait(ms: number | ValueRef): WaitMove {
  return { kind: 'wait', ms }
}

/**
 * @param orders actions that it has hooks order
 * @param awaits actions that it waits for, which the CSMS sends by itself
 */
export function does(
  name: string,
  run: (scene: Scene) => Promise<void> | void,
  orders: readonly string[] = [],
  awaits: readonly string[] = [],
): DoMove {
  return { kind: 'do', name, run, orders, awaits }
}

function demandsOf(
  action: string,
  { expect, prefer, clause: own }: Judged<unknown>,
  clause: string,
): readonly Demand[] {
  const demand = (matcher: unknown, level: Level): readonly Demand[] =>
    matcher === undefined
      ? []
      : [
          {
            name: level === 'MUST' ? action : `${action} preferred`,
            matcher,
            level,
            clause: own ?? clause,
          },
        ]
  return [...demand(expect, 'MUST'), ...demand(prefer, 'SHOULD')]
}

function answerOf(answer: object | Unanswered): StationAnswer {
  if (answer === 'silence') return { kind: 'silence' }
  if ('callError' in (answer as object)) {
    return { kind: 'callError', code: (answer as { readonly callError: RpcErrorCode }).callError }
  }
  return { kind: 'result', payload: answer as object }
}
