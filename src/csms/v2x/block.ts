import type { Handlers } from '../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../ocpp/v201/actions.ts'
import type { StationContext } from '../domain/domain.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

/** One functional block of OCPP 2.x on the management system's side. */
export interface Block {
  /** Of the specification: A to S. */
  readonly letter: string
  /** Actions of 2.0.1; 2.1 has them all, and its payloads only add fields. */
  readonly handlers?: Handlers<Actions201, StationContext>
  /** Actions that only 2.1 has, or that it answers in another way. */
  readonly handlers21?: Handlers<Actions21, StationContext>
  /** What is learned from a station's answers. */
  readonly effects?: CommandEffects<Actions201>
  readonly effects21?: CommandEffects<Actions21>
}
