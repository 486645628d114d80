import type { ScriptValues } from '../../document/script-values.ts'
import { CallError } from '../../ocpp/rpc/error-codes.ts'
import type { CallFrame } from '../../ocpp/rpc/frame.ts'
import { noReply, RawReply, type Reply } from '../../ocpp/rpc/service.ts'
import type { Registration } from '../domain/station.ts'
import type { ScriptedSession } from '../gateway/session-script.ts'
import type { AnswerKind } from './plan.ts'

/** What the handler, or who refused the CALL before it, would have answered. */
export type OwnAnswer = Reply<object> | CallError

/** In `change`: the key is left out. */
const absent = '$absent'

/**
 * Sends what the station is to hear.
 * @returns the result it was told; undefined: none
 */
export function deliver(
  session: ScriptedSession,
  frame: CallFrame,
  what: AnswerKind,
  own: OwnAnswer,
  variables: ScriptValues,
): object | undefined {
  const { connection } = session
  switch (what.kind) {
    case 'own':
      connection.answer(frame, own)
      return resultOf(own)
    case 'with':
      return answered(session, frame, variables.payload(what.payload))
    case 'change': {
      const result = resultOf(own)
      if (result) return answered(session, frame, changed(result, variables.payload(what.payload)))
      connection.answer(frame, own)
      return undefined
    }
    case 'callError':
      connection.answer(frame, new CallError(what.code, variables.text(what.description)))
      return undefined
    case 'raw':
      connection.sendRaw(variables.text(what.text))
      return undefined
    case 'close':
      closeWith(session, what.code, '')
      return undefined
    case 'never':
      return undefined
  }
}

/** 1006 is never sent: it says that a connection was dropped. */
export function closeWith({ connection }: ScriptedSession, code: number, reason: string): void {
  if (code === 1006) connection.terminate()
  else connection.close(code, reason)
}

/** The state that a station is in after it was told this. [1.6 4.2] [2.0.1 B01, B02, B03] */
export function registrationTold(result: object | undefined): Registration | undefined {
  const status = result && 'status' in result ? result.status : undefined
  return registrations.find((known) => known === status)
}

const registrations: readonly Registration[] = ['Accepted', 'Pending', 'Rejected']

function answered({ connection }: ScriptedSession, frame: CallFrame, payload: object): object {
  connection.answer(frame, new RawReply(payload))
  return payload
}

function resultOf(own: OwnAnswer): object | undefined {
  if (own === noReply || own instanceof CallError) return undefined
  return own instanceof RawReply ? own.payload : own
}

/** Objects within are changed in their turn; anything else is replaced. */
function changed(own: object, change: object): object {
  const known = own as Readonly<Record<string, unknown>>
  const kept = Object.entries(known).filter(([key]) => !Object.hasOwn(change, key))
  const fresh = Object.entries(change)
    .filter(([, value]) => value !== absent)
    .map(([key, value]: [string, unknown]) => {
      const before = Object.hasOwn(known, key) ? known[key] : undefined
      return [key, isMap(before) && isMap(value) ? changed(before, value) : value]
    })
  return Object.fromEntries([...kept, ...fresh]) as object
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
