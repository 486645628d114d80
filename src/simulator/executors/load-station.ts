import type { CallOutcome } from '../../ocpp/rpc/call.ts'

/** A CALL that an executor wants of a station. The station copies what it needs of it. */
export interface IssuedCall {
  /** An action of the station's version, or a version-neutral 1.6 name. */
  readonly action: string
  /** Undefined: from the station's physical state, and legal in it. */
  readonly payload: object | undefined
  /** When the scenario says it is due, real monotonic microseconds; 0 in the closed model. */
  readonly intendedMicros: number
  /** When the due timer fired; 0 in the closed model. */
  readonly dueMicros: number
  /** Called exactly once. */
  done(outcome: CallOutcome): void
}

/** What executors know of a station. */
export interface LoadStation {
  /** Run-wide index. */
  readonly index: number
  /** Connected and accepted: a CALL handed in now goes out as soon as none is outstanding. */
  readonly ready: boolean
  issue(call: IssuedCall): void
}
