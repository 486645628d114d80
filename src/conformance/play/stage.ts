import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import type { TlsOffer, TlsOutcome } from '../../transport/tls-handshake.ts'
import type { ConnectAs } from '../cases/case.ts'
import type { Hook } from '../hooks/hook.ts'
import type { Handshake, Probe } from './probe.ts'

/** A station of a case: its probe, and the way in. */
export interface Actor {
  readonly probe: Probe
  readonly connect: (as: ConnectAs<string>) => Promise<Handshake>
}

/** What a case is played with. */
export interface Stage extends Actor {
  readonly version: OcppVersion
  readonly clock: Clock
  /** Tokens, passwords, ids: `csms conformance doctor` lists them. */
  readonly fixtures: Readonly<Record<string, unknown>>
  readonly hooks: readonly Hook[]
  /** A second station, with an identity of its own; its faults count for the case, too. */
  readonly neighbour: () => Actor
  /** With the target's TLS port, and no more. */
  readonly shakeHands: (offer: TlsOffer) => Promise<TlsOutcome>
  readonly nextId: () => string
  /** Real milliseconds until something that must come counts as missing. */
  readonly timeoutMs: number
  /** How long silence has to last to count; milliseconds. */
  readonly silenceMs: number
}

/** Thrown where a case cannot go on; what was found before stands. */
export class CaseOver extends Error {}

/** Why there is no verdict: a hook failed, or the network did. */
export class CaseError extends Error {}

/** The CSMS cannot be made to send what the case is about. */
export class CaseUnable extends CaseError {}
