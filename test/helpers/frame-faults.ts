import { type Fault, frameOf } from './memory-conformance.ts'

export type Payload = Readonly<Record<string, unknown>>

/** Another payload in the CALLs of the CSMS with this action. */
export function sending(action: string, instead: (payload: Payload) => Payload): Fault {
  return {
    says(text) {
      const [type, id, sent, payload] = frameOf(text)
      if (type !== 2 || sent !== action) return undefined
      return JSON.stringify([type, id, sent, instead(payload as Payload)])
    },
  }
}

/** CALLs of the station with this action get this frame for an answer; undefined: that of the CSMS. */
export function answering(
  action: string,
  answer: (id: unknown, payload: Payload) => readonly unknown[] | undefined,
): Fault {
  return {
    hears(text, { reply }) {
      const [, id, heard, payload] = frameOf(text)
      const said = heard === action ? answer(id, payload as Payload) : undefined
      if (!said) return undefined
      reply(said)
      return null
    },
  }
}

/** @param when which of them; default all */
export function refusing(action: string, when: (payload: Payload) => boolean = () => true): Fault {
  return answering(action, (id, payload) =>
    when(payload) ? [4, id, 'InternalError', '', {}] : undefined,
  )
}

export const without =
  (...names: readonly string[]) =>
  (payload: Payload): Payload =>
    Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)))
