import type { Party } from './rule.ts'

/** An exchange of a sequence that shows a rule: a CALL and what came of it. */
export interface Passage {
  readonly by: Party
  readonly action: string
  readonly request: object
  /** Undefined: no CALLRESULT came. */
  readonly response: object | undefined
  /** Message id; default a fresh one. */
  readonly id?: string
  /** How long after the one before; seconds. */
  readonly afterSeconds?: number
}

export type Sequence = readonly Passage[]

/** The action of a passage that closes the connection. */
export const closing = 'close'

type More = Pick<Passage, 'id' | 'afterSeconds'>

/** The station asks. */
export function station(
  action: string,
  request: object,
  response?: object,
  more: More = {},
): Passage {
  return { by: 'station', action, request, response, ...more }
}

/** The CSMS asks. */
export function csms(action: string, request: object, response?: object, more: More = {}): Passage {
  return { by: 'csms', action, request, response, ...more }
}

/** The side closes the connection. [RFC 6455 7.4] */
export function closes(by: Party, code: number): Passage {
  return { by, action: closing, request: { code }, response: undefined }
}
