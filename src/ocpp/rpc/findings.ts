import type { OcppVersion } from '../version.ts'

/** MUST breaks the specification; SHOULD is legal but risky. */
export type FindingLevel = 'MUST' | 'SHOULD'

export interface RuleText {
  /** Who can break it; default either side. */
  readonly judges?: 'csms'
  readonly level: (version: OcppVersion) => FindingLevel
  readonly clause: string
  readonly title: string
}

const must = (): FindingLevel => 'MUST'
const should = (): FindingLevel => 'SHOULD'

/** What a connection can prove wrong of its peer, by rule id. */
export const rpcRules = {
  RPC_WEBSOCKET: {
    level: must,
    clause: 'RFC 6455 5 and 8.1',
    title: 'WebSocket frames are well-formed and text is UTF-8',
  },
  RPC_SUBPROTOCOL: {
    judges: 'csms',
    level: must,
    clause: 'RFC 6455 4.2.2, 1.6J 3.2, 2.0.1 Part 4 3.2',
    title: 'a server answers with a subprotocol that its client offered',
  },
  RPC_UPGRADE: {
    judges: 'csms',
    level: must,
    clause: 'RFC 6455 4.2.2, RFC 9110',
    title: 'the answer to the upgrade to a WebSocket is one that HTTP and RFC 6455 know',
  },
  RPC_UPGRADE_STATUS: {
    judges: 'csms',
    level: should,
    clause: 'RFC 6455 4.2.2, 1.6J 3.2, 2.0.1 Part 4 3.2',
    title: 'an upgrade that is refused is refused with the status of an error',
  },
  RPC_UPGRADE_CHALLENGE: {
    judges: 'csms',
    level: should,
    clause: 'RFC 9110 15.5.2',
    title: 'an upgrade that is refused with 401 says how to prove oneself (WWW-Authenticate)',
  },
  RPC_FRAME_SIZE: {
    level: should,
    clause: 'RFC 6455 10.4',
    title: 'a frame is no longer than its receiver takes',
  },
  RPC_NOT_A_FRAME: {
    level: must,
    clause: '1.6J 4.2, 2.0.1 Part 4 4.2',
    title: 'a text frame is a JSON array with message type, message id and payload',
  },
  RPC_BINARY: {
    level: must,
    clause: '1.6J 4.1.2, 2.0.1 Part 4 4.1.2',
    title: 'OCPP-J sends text frames, never binary ones',
  },
  RPC_UNKNOWN_TYPE: {
    level: should,
    clause: '1.6J 4.1.3, 2.0.1 Part 4 4.1.3',
    title: 'message types are those of the negotiated version',
  },
  RPC_UNKNOWN_ACTION: {
    level: must,
    clause: '1.6J 4.2.1, 2.0.1 Part 4 4.2.1',
    title: 'a CALL names an action of the negotiated version, in its exact case',
  },
  RPC_WRONG_DIRECTION: {
    level: must,
    clause: '1.6 4 and 5, 2.0.1 Part 2',
    title: 'a CALL is sent by the side that the specification names',
  },
  RPC_SEND_OR_CALL: {
    level: must,
    clause: '2.1 Part 4 4.2.1 and 4.2.4',
    title: 'what has an answer is sent as a CALL, and what has none as a SEND',
  },
  RPC_REQUEST_SCHEMA: {
    level: must,
    clause: '1.6J 4.2.1, 2.0.1 Part 4 4.2.1',
    title: 'the payload of a CALL is valid against the official schema',
  },
  RPC_RESPONSE_SCHEMA: {
    level: must,
    clause: '1.6J 4.2.2, 2.0.1 Part 4 4.2.2',
    title: 'the payload of a CALLRESULT is valid against the official schema',
  },
  RPC_ERROR_CODE: {
    level: must,
    clause: '1.6J 4.2.3, 2.0.1 Part 4 4.3',
    title: 'the code of a CALLERROR is one that the specification lists',
  },
  RPC_UNSOLICITED_ANSWER: {
    level: must,
    clause: '1.6J 4.1.1, 2.0.1 Part 4 4.1.1',
    title: 'an answer names a CALL that is outstanding',
  },
  RPC_DUPLICATE_ANSWER: {
    level: must,
    clause: '1.6J 4.1.1, 2.0.1 Part 4 4.1.1',
    title: 'a CALL is answered once',
  },
  RPC_SEND_ANSWERED: {
    judges: 'csms',
    level: must,
    clause: '2.1 Part 4 4.2.4, N15.FR.02',
    title: 'a SEND is not answered',
  },
  RPC_DUPLICATE_ID: {
    level: must,
    clause: '1.6J 4.1.4, 2.0.1 Part 4 4.1.4',
    title: 'a message id is not used again while its CALL is being handled',
  },
  RPC_TWO_CALLS: {
    level: (version) => (version === 'ocpp1.6' ? 'SHOULD' : 'MUST'),
    clause: '1.6J 4.1.1, 2.0.1 Part 4 4.1.1',
    title: 'a side waits for the answer to its CALL before it sends the next',
  },
  RPC_TOO_MANY_CALLS: {
    level: must,
    clause: '1.6J 4.1.1, 2.0.1 Part 4 4.1.1',
    title: 'a side does not flood its peer with unanswered CALLs',
  },
  RPC_RESULT_ERROR: {
    level: must,
    clause: '2.1 Part 4 4.2.3',
    title: 'a CALLRESULT satisfies its receiver (none came back as CALLRESULTERROR)',
  },
} as const satisfies Record<string, RuleText>

export type RpcRule = keyof typeof rpcRules

/** One thing a peer did wrong, with the frame that shows it. */
export interface Finding {
  readonly rule: string
  readonly level: FindingLevel
  /** A sentence without its full stop, which may quote the peer; cut off where it is very long. */
  readonly detail: string
  /** The start of the offending frame; never more than `sampleLength` characters. */
  readonly frame: string
}

/** How much of a frame a finding keeps: reports hold samples, not traffic. */
const sampleLength = 1000
/** Details quote names that a peer made up: as long as it likes. */
const detailLength = 500

/** A finding of a rule over single frames, as grave as the version makes it. */
export function finding(
  rule: RpcRule,
  version: OcppVersion,
  detail: string,
  frame: string,
): Finding {
  return findingOf(rule, rpcRules[rule].level(version), detail, frame)
}

/** A finding of any rule. */
export function findingOf(
  rule: string,
  level: FindingLevel,
  detail: string,
  frame: string,
): Finding {
  return { rule, level, detail: startOf(detail, detailLength), frame: startOf(frame, sampleLength) }
}

function startOf(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
