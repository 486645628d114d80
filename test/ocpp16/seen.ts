import type { RequestOf, ResponseOf } from '../../src/ocpp/rpc/service.ts'
import type { Actions16 } from '../../src/ocpp/v16/actions.ts'
import type { TappedFrame } from '../helpers/frame-tap.ts'

export type Action16 = keyof Actions16
export type Request16<Action extends Action16> = RequestOf<Actions16, Action>
export type Response16<Action extends Action16> = ResponseOf<Actions16, Action>

/**
 * What the tap saw: everything before a CALL, or everything after its answer. The CALL itself and its
 * answer are in neither, so that neither is taken for its own effect.
 */
export class Seen {
  readonly frames: readonly TappedFrame[]
  readonly #answer: object | undefined

  /** @param answer the payload of the answer, once there is one */
  constructor(frames: readonly TappedFrame[], answer: object | undefined) {
    this.frames = frames
    this.#answer = answer
  }

  /** The answer to the CALL that is being looked at; undefined before it. */
  answer<Action extends Action16>(_action: Action): Response16<Action> | undefined {
    return this.#answer as Response16<Action> | undefined
  }

  /** Payloads of CALLs, in order. */
  calls<Action extends Action16>(action: Action): readonly Request16<Action>[] {
    return this.#payloads('call', action) as readonly Request16<Action>[]
  }

  /** Payloads of CALLRESULTs, in order. */
  answers<Action extends Action16>(action: Action): readonly Response16<Action>[] {
    return this.#payloads('result', action) as readonly Response16<Action>[]
  }

  /** The status that was told last of this connector. */
  status(connectorId: number): string | undefined {
    const told = this.calls('StatusNotification')
    return told.findLast((status) => status.connectorId === connectorId)?.status
  }

  /** Power.Active.Import in W, as the last MeterValues that has it tells. */
  watts(): number | undefined {
    const values = this.calls('MeterValues').flatMap(({ meterValue }) => meterValue)
    const samples = values.flatMap(({ sampledValue }) => sampledValue)
    const power = samples.findLast(({ measurand }) => measurand === 'Power.Active.Import')
    return power && Number(power.value)
  }

  #payloads(kind: TappedFrame['kind'], action: string): readonly object[] {
    return this.frames
      .filter((frame) => frame.kind === kind && frame.action === action)
      .map(({ payload }) => payload)
  }
}
