import type { RequestOf, ResponseOf } from '../../src/ocpp/rpc/service.ts'
import type { TappedFrame } from '../helpers/frame-tap.ts'

/**
 * What the tap saw: everything before a CALL, or everything after its answer. The CALL itself and its
 * answer are in neither, so that neither is taken for its own effect.
 */
export class Seen<Actions> {
  readonly frames: readonly TappedFrame[]
  readonly #answer: object | undefined

  /** @param answer the payload of the answer, once there is one */
  constructor(frames: readonly TappedFrame[], answer: object | undefined) {
    this.frames = frames
    this.#answer = answer
  }

  /** The answer to the CALL that is being looked at; undefined before it. */
  answer<Action extends keyof Actions>(_action: Action): ResponseOf<Actions, Action> | undefined {
    return this.#answer as ResponseOf<Actions, Action> | undefined
  }

  /** Payloads of CALLs and SENDs, in order. */
  calls<Action extends keyof Actions>(action: Action): readonly RequestOf<Actions, Action>[] {
    return this.#payloads(['call', 'send'], action) as readonly RequestOf<Actions, Action>[]
  }

  /** Payloads of CALLRESULTs, in order. */
  answers<Action extends keyof Actions>(action: Action): readonly ResponseOf<Actions, Action>[] {
    return this.#payloads(['result'], action) as readonly ResponseOf<Actions, Action>[]
  }

  #payloads(kinds: readonly TappedFrame['kind'][], action: keyof Actions): readonly object[] {
    return this.frames
      .filter((frame) => kinds.includes(frame.kind) && frame.action === action)
      .map(({ payload }) => payload)
  }
}
