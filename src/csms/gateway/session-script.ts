import type { RpcConnection } from '../../ocpp/rpc/connection.ts'
import type { Finding } from '../../ocpp/rpc/findings.ts'
import type { CallFrame } from '../../ocpp/rpc/frame.ts'
import type { OwnReply } from '../../ocpp/rpc/incoming-calls.ts'
import type { StationContext } from '../domain/domain.ts'

/** A session as a script sees it. */
export interface ScriptedSession extends StationContext {
  readonly connection: RpcConnection<StationContext>
}

/** Hears what passes at sessions, and may stand between the handlers and their stations. */
export interface SessionScript {
  opened(session: ScriptedSession): void
  closed(session: ScriptedSession): void
  /** Every frame, before it is acted on; `type` is 0 for raw text and what is no frame. */
  received(session: ScriptedSession, type: number, text: string): void
  sent(session: ScriptedSession, type: number, text: string): void
  /** A station did something wrong. */
  found(session: ScriptedSession, finding: Finding): void
  /**
   * A CALL is to be answered.
   * @param own what is answered without a script; throws `CallError` where that is a refusal
   * @returns `noReply`: it sees to the answer itself
   */
  intercept(session: ScriptedSession, frame: CallFrame, own: () => OwnReply): OwnReply
}
