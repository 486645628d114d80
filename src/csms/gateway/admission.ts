import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import { isOcppVersion, type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import type { Admission, UpgradeRequest } from '../../transport/admission.ts'
import type { EstablishedSecurity, StationAccess } from '../domain/security.ts'
import { parseBasicAuth } from './basic-auth.ts'
import type { Credentials } from './credentials.ts'
import { identityOf } from './identity.ts'
import { judgeTransport } from './security-policy.ts'

/** What an accepted upgrade established. */
export interface Ticket {
  readonly stationId: string
  readonly version: OcppVersion
  readonly remoteAddress: string
  readonly security: EstablishedSecurity
}

export interface AdmissionPolicy {
  /** Whether identities that nobody named may connect. */
  readonly unknownStations: 'accept' | 'reject'
  /** `optional`: a station whose password is known must present it, others come in freely. */
  readonly authentication: 'optional' | 'required'
  /** The lowest security profile that any station may use; undefined = any. */
  readonly securityProfile?: SecurityProfile | undefined
  /** What the organisation of client certificates must be. */
  readonly organization?: string | undefined
  /** @param serialNumber upper-case hexadecimal without leading zeros */
  readonly isRevoked?: ((serialNumber: string) => boolean) | undefined
  /** The identity that a certificate was issued to, where an authority of ours knows it. */
  readonly holderOf?: ((serialNumber: string) => string | undefined) | undefined
}

/** What is known beforehand of a station's certificate and profile. */
export interface StationDemand {
  /** Its client certificate may carry it in place of the identity. */
  readonly serial?: string | undefined
  /** The lowest security profile that it may use. */
  readonly securityProfile?: SecurityProfile | undefined
}

export type RefusalObserver = (
  request: UpgradeRequest,
  stationId: string | undefined,
  status: number,
  reason: string,
) => void

type Decision = Admission<Ticket>

/**
 * Decides on upgrades: identity, subprotocol, known station, TLS and client certificate, password, in
 * this order.
 */
export class Gatekeeper {
  readonly #policy: AdmissionPolicy
  readonly #isKnown: (stationId: string) => boolean
  readonly #credentials: Credentials
  readonly #refused: RefusalObserver
  readonly #demands = new Map<string, StationDemand>()
  /** Profiles that stations were upgraded to. */
  readonly #lowest = new Map<string, SecurityProfile>()

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

  /** Names what a station's certificate and profile must be like. */
  expect(stationId: string, demand: StationDemand): void {
    this.#demands.set(stationId, demand)
  }

  /** From now on a station is judged by this, and by its settings where it says nothing. */
  accessChanged(stationId: string, access: StationAccess): void {
    const { passwordHash, nextPasswordHash, lowestProfile } = access
    this.#credentials.change(stationId, {
      ...(passwordHash !== undefined && { current: passwordHash }),
      ...(nextPasswordHash !== undefined && { next: nextPasswordHash }),
    })
    if (lowestProfile === undefined) this.#lowest.delete(stationId)
    else this.#lowest.set(stationId, lowestProfile)
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
    const lowest = this.#lowestOf(stationId)
    const transport = judgeTransport(request.tls, {
      stationId,
      lowest,
      names: this.#namesOf(stationId),
      organization: this.#policy.organization,
      isRevoked: this.#policy.isRevoked ?? never,
      holderOf: this.#policy.holderOf ?? unknown,
    })
    if ('status' in transport) {
      return this.#refuse(request, stationId, transport.status, transport.reason)
    }
    const { remoteAddress } = request
    const ticket = { stationId, version, remoteAddress }
    if (transport.proven) return this.#admitted(request, ticket, 3)
    const proven = this.#authenticated(request, stationId, lowest)
    return proven instanceof Promise
      ? proven.then((right) => this.#decide(request, ticket, right))
      : this.#decide(request, ticket, proven)
  }

  /** An upgrade counts for more than the settings, which know nothing of it. */
  #lowestOf(stationId: string): SecurityProfile | undefined {
    const own = this.#demands.get(stationId)?.securityProfile
    const profiles = [own ?? this.#policy.securityProfile, this.#lowest.get(stationId)]
    const known = profiles.filter((profile) => profile !== undefined)
    return known.length === 0 ? undefined : (Math.max(...known) as SecurityProfile)
  }

  #namesOf(stationId: string): readonly string[] {
    const serial = this.#demands.get(stationId)?.serial
    return serial === undefined ? [] : [serial]
  }

  #admitted(
    { tls }: UpgradeRequest,
    ticket: Omit<Ticket, 'security'>,
    profile: SecurityProfile,
  ): Decision {
    const { protocol: tlsVersion, cipher, certificate } = tls ?? {}
    const certificateSerial = certificate?.serialNumber
    const security = { profile, tlsVersion, cipher, certificateSerial }
    return { ticket: { ...ticket, security }, protocol: ticket.version }
  }

  #decide(request: UpgradeRequest, ticket: Omit<Ticket, 'security'>, proven: boolean): Decision {
    if (proven) {
      const withPassword = this.#credentials.has(ticket.stationId)
      return this.#admitted(request, ticket, request.tls ? 2 : withPassword ? 1 : 0)
    }
    return this.#refuse(
      request,
      ticket.stationId,
      401,
      'Basic authentication with the identity as user name and the right password is required.',
      { 'WWW-Authenticate': 'Basic realm="OCPP", charset="UTF-8"' },
    )
  }

  /** [1.6 SWP A00.FR.204] [2.0.1 A00.FR.204, A00.FR.207] */
  #authenticated(
    request: UpgradeRequest,
    stationId: string,
    lowest: SecurityProfile | undefined,
  ): boolean | Promise<boolean> {
    if (!this.#credentials.has(stationId)) {
      return this.#policy.authentication === 'optional' && (lowest ?? 0) === 0
    }
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

function never(): boolean {
  return false
}

function unknown(): undefined {
  return undefined
}
