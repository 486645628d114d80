import type { FindingLevel } from '../../ocpp/rpc/findings.ts'
import type { RequestOf, ResponseOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { Actions21 } from '../../ocpp/v21/actions.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Memory } from './memory/memory.ts'
import type { Sequence } from './sequence.ts'

/** Who is at the ends of a connection. */
export type Party = 'station' | 'csms'

/** The message that passes. One object for all of them: never keep it. */
export interface Moment {
  readonly action: string
  /** Who asked; of an answer, who is answered. */
  readonly asker: Party
  /** Message id of the CALL. */
  readonly id: string
  /** What its id was used for before; undefined: nothing that is known. */
  readonly usedFor: string | undefined
  /** Of this side: only for what passes between messages. */
  readonly clock: Clock
}

/**
 * What is looked at when an exchange of one action passes. A rule is asked only of messages that the judged
 * side sent; what is remembered, of both sides'.
 */
export interface Look<Request, Response, Said> {
  /** The CALL, or the SEND. */
  readonly asked?: (request: Request, memory: Memory, moment: Moment) => Said
  /** The CALLRESULT. */
  readonly answered?: (request: Request, response: Response, memory: Memory, moment: Moment) => Said
}

/** By action. */
export type Looks<Actions, Said> = {
  readonly [Action in keyof Actions]?: Look<
    RequestOf<Actions, Action>,
    ResponseOf<Actions, Action>,
    Said
  >
}

/** What is wrong, in words; undefined: nothing. */
export type Objection = string | undefined

/** A rule as it holds in one version or two. */
export interface RulePart<Actions> {
  readonly level: FindingLevel
  readonly looks?: Looks<Actions, Objection>
  /** Of every action, while the station is told that it is not accepted. */
  readonly whileTurnedAway?: Look<object, object, Objection>
  /** Of every CALL, while the station promised to send something. */
  readonly whileOwed?: Look<object, object, Objection>
  /** Of every CALL whose message id was used a short time ago. */
  readonly withUsedId?: Look<object, object, Objection>
  /** The judged side began to close the connection. */
  readonly closed?: (code: number, memory: Memory) => Objection
  /** Breaks the rule once, with its last message. */
  readonly breaks: Sequence
  /** Looks much like it, and is legal. */
  readonly nearly: Sequence
}

/** Something that a message, or the order of several on one connection, can prove wrong. */
export interface Rule {
  readonly id: string
  /** What it demands. */
  readonly title: string
  /** Where the specification says so. */
  readonly clause: string
  /** Who is at fault where it is broken. */
  readonly judges: Party | 'both'
  readonly in16?: RulePart<Actions16>
  /** Types of 2.1, which has all of 2.0.1. */
  readonly in2x?: RulePart<Actions21>
  /** Where 2.1 has it alone. */
  readonly in21?: RulePart<Actions21>
}
