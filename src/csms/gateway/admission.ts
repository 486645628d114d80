import { isOcppVersion, type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import type { Admission, UpgradeRequest } from '../../transport/admission.ts'
import { parseBasicAuth } from './basic-auth.ts'
import type { Credentials } from './credentials.ts'
import { identityOf } from './identity.ts'

/** What an accepted upgrade established. */
export interface Ticket {
  readonly stationId: string
  readonly version: OcppVersion
  readonly remoteAddress: string
}

export interface AdmissionPolicy {
  /** Whether identities that nobody named may connect. */
  readonly unknownStations: 'accept' | 'reject'
  /** `optional`: a station whose password is known must present it, others come in freely. */
  readonly authentication: 'optional' | 'required'
}

export type RefusalObserver = (
  request: UpgradeRequest,
  stationId: string | undefined,
  status: number,
  reason: string,
) => void

type Decision = Admission<Ticket>

/** Decides on upgrades: identity, subprotocol, known station, password, in this order. */
export class Gatekeeper {
  readonly #policy: AdmissionPolicy
  readonly #isKnown: (stationId: string) => boolean
  readonly #credentials: Credentials
  readonly #refused: RefusalObserver

  constructor(
    policy: AdmissionPolicy,
    isKnown: (stationId: string) => boolean,
    credentials: Credentials,
    refused: RefusalObserver,
  ) {
    this.#policy = policy
    this.#isKnown = isKnown
    this.#credentials = credentials
    this.#refused = refused
  }

  /** Answers at once unless a password hash must be computed. */
  admit(request: UpgradeRequest): Decision | Promise<Decision> {
    const identity = identityOf(request.url)
    if ('fault' in identity) return this.#refuse(request, undefined, 400, identity.fault)
    const { stationId } = identity
    const version = negotiate(request.protocols)
    if (!version) return this.#refuse(request, stationId, 400, noCommonVersion(request.protocols))
    if (this.#policy.unknownStations === 'reject' && !this.#isKnown(stationId)) {
      // [2.0.1 Part 4 3.2]: an identity that is not known is answered 404.
      return this.#refuse(request, stationId, 404, 'This station is not known here.')
    }
    const ticket = { stationId, version, remoteAddress: request.remoteAddress }
    const proven = this.#authenticated(request, stationId)
    return proven instanceof Promise
      ? proven.then((right) => this.#decide(request, ticket, right))
      : this.#decide(request, ticket, proven)
  }

  #decide(request: UpgradeRequest, ticket: Ticket, proven: boolean): Decision {
    if (proven) return { ticket, protocol: ticket.version }
    return this.#refuse(
      request,
      ticket.stationId,
      401,
      'Basic authentication with the identity as user name and the right password is required.',
      { 'WWW-Authenticate': 'Basic realm="OCPP", charset="UTF-8"' },
    )
  }

  /** [1.6 security whitepaper A00] [2.0.1 A00.FR.204, A00.FR.207] */
  #authenticated(request: UpgradeRequest, stationId: string): boolean | Promise<boolean> {
    if (!this.#credentials.has(stationId)) return this.#policy.authentication === 'optional'
    const given = parseBasicAuth(request.authorization)
    if (!given || given.user !== stationId) return false
    return this.#credentials.check(stationId, given.password)
  }

  #refuse(
    request: UpgradeRequest,
    stationId: string | undefined,
    status: number,
    reason: string,
    headers?: Readonly<Record<string, string>>,
  ): Decision {
    this.#refused(request, stationId, status, reason)
    return { status, reason, ...(headers && { headers }) }
  }
}

/** The client's first offer that we speak: the order of its offer is its preference. */
export function negotiate(offered: readonly string[]): OcppVersion | undefined {
  return offered.find(isOcppVersion)
}

function noCommonVersion(offered: readonly string[]): string {
  const ours = ocppVersions.join(', ')
  return offered.length === 0
    ? `Offer a WebSocket subprotocol; this CSMS speaks ${ours}.`
    : `None of the offered subprotocols is spoken here; this CSMS speaks ${ours}.`
}
