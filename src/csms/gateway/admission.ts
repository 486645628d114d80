import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import { isOcppVersion, type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import type { Admission, Refusal, UpgradeRequest } from '../../transport/admission.ts'
import type { EstablishedSecurity, StationAccess, StationOrders } from '../domain/security.ts'
import type { RateLimiter } from '../rate-limiter.ts'
import { parseBasicAuth } from './basic-auth.ts'
import type { Credentials } from './credentials.ts'
import { isForeignPage } from './foreign-page.ts'
import { HashingBusy } from './hashing.ts'
import { identityOf } from './identity.ts'
import { type IssuedCertificates, judgeTransport, type SecurityDemand } from './security-policy.ts'

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
  /** Undefined: no authority of ours issues certificates. */
  readonly issued?: IssuedCertificates | undefined
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

/** Wrong passwords of one station from one address. */
export const passwordGuesses = { perSecond: 0.2, burst: 20 }

/**
 * Decides on upgrades: web page, identity, subprotocol, known station, TLS and client certificate,
 * password, in this order.
 */
export class Gatekeeper {
  readonly #policy: AdmissionPolicy
  readonly #isKnown: (stationId: string) => boolean
  readonly #credentials: Credentials
  readonly #refused: RefusalObserver
  readonly #guesses: RateLimiter
  readonly #demands = new Map<string, StationDemand>()
  /** What the operator's API said of stations. */
  readonly #orders = new Map<string, StationOrders>()
  /** Profiles that stations were upgraded to. */
  readonly #lowest = new Map<string, SecurityProfile>()

  constructor(
    policy: AdmissionPolicy,
    isKnown: (stationId: string) => boolean,
    credentials: Credentials,
    refused: RefusalObserver,
    guesses: RateLimiter,
  ) {
    this.#policy = policy
    this.#isKnown = isKnown
    this.#credentials = credentials
    this.#refused = refused
    this.#guesses = guesses
  }

  /** Names what a station's certificate and profile must be like. */
  expect(stationId: string, demand: StationDemand): void {
    this.#demands.set(stationId, demand)
  }

  /** From now on a station is judged by this, and by its settings where it says nothing. */
  accessChanged(stationId: string, access: StationAccess | undefined): void {
    if (!access) {
      this.#credentials.forget(stationId)
      this.#demands.delete(stationId)
    }
    const { passwordHash, nextPasswordHash, lowestProfile, orders } = access ?? {}
    this.#credentials.change(stationId, {
      ...(passwordHash !== undefined && { current: passwordHash }),
      ...(nextPasswordHash !== undefined && { next: nextPasswordHash }),
    })
    if (lowestProfile === undefined) this.#lowest.delete(stationId)
    else this.#lowest.set(stationId, lowestProfile)
    if (orders === undefined) this.#orders.delete(stationId)
    else this.#orders.set(stationId, orders)
  }

  /** Answers at once unless a password hash must be computed. */
  admit(request: UpgradeRequest): Decision | Promise<Decision> {
    if (isForeignPage(request)) {
      return this.#refuse(request, undefined, { status: 403, reason: foreignPage })
    }
    const identity = identityOf(request.url)
    if ('fault' in identity) {
      return this.#refuse(request, undefined, { status: 400, reason: identity.fault })
    }
    const { stationId } = identity
    const version = negotiate(request.protocols)
    if (!version) {
      const reason = noCommonVersion(request.protocols)
      return this.#refuse(request, stationId, { status: 400, reason })
    }
    if (this.#policy.unknownStations === 'reject' && !this.#isKnown(stationId)) {
      // [2.0.1 Part 4 3.2]: an identity that is not known is answered 404.
      const reason = 'This station is not known here.'
      return this.#refuse(request, stationId, { status: 404, reason })
    }
    const lowest = this.#lowestOf(stationId)
    const transport = this.#judged(request, stationId, lowest)
    if ('status' in transport) return this.#refuse(request, stationId, transport)
    const { remoteAddress } = request
    const ticket = { stationId, version, remoteAddress }
    if (transport.proven) return this.#admitted(request, ticket, 3)
    const objection = this.#objectionToPassword(request, stationId, lowest)
    return objection instanceof Promise
      ? objection.then((found) => this.#decide(request, ticket, found))
      : this.#decide(request, ticket, objection)
  }

  #judged(
    { tls }: UpgradeRequest,
    stationId: string,
    lowest: SecurityProfile | undefined,
  ): ReturnType<typeof judgeTransport> | Refusal {
    const demand: SecurityDemand = {
      stationId,
      lowest,
      names: this.#namesOf(stationId),
      organization: this.#policy.organization,
      issued: this.#policy.issued ?? (() => undefined),
    }
    try {
      return judgeTransport(tls, demand)
    } catch {
      return { status: 500, reason: 'The books of the authority cannot be read.' }
    }
  }

  /** An upgrade counts for more than the settings, which know nothing of it. */
  #lowestOf(stationId: string): SecurityProfile | undefined {
    const own =
      this.#orders.get(stationId)?.securityProfile ?? this.#demands.get(stationId)?.securityProfile
    const profiles = [own ?? this.#policy.securityProfile, this.#lowest.get(stationId)]
    const known = profiles.filter((profile) => profile !== undefined)
    return known.length === 0 ? undefined : (Math.max(...known) as SecurityProfile)
  }

  #namesOf(stationId: string): readonly string[] {
    const serial = this.#orders.get(stationId)?.serial ?? this.#demands.get(stationId)?.serial
    return serial === undefined ? [] : [serial]
  }

  #admitted(
    { tls }: UpgradeRequest,
    ticket: Omit<Ticket, 'security'>,
    profile: SecurityProfile,
  ): Decision {
    const { protocol: tlsVersion, cipher, certificate } = tls ?? {}
    const certificateSerial = certificate?.serialNumber
    const certificateName = certificate?.commonNames[0]
    const security = { profile, tlsVersion, cipher, certificateSerial, certificateName }
    return { ticket: { ...ticket, security }, protocol: ticket.version }
  }

  /** TLS without a password proves nothing: that is profile 0, however encrypted. */
  #decide(
    request: UpgradeRequest,
    ticket: Omit<Ticket, 'security'>,
    objection: Refusal | undefined,
  ): Decision {
    if (objection) return this.#refuse(request, ticket.stationId, objection)
    const withPassword = this.#credentials.has(ticket.stationId)
    return this.#admitted(request, ticket, withPassword ? (request.tls ? 2 : 1) : 0)
  }

  /** [1.6 SWP A00.FR.204] [2.0.1 A00.FR.204, A00.FR.207] */
  #objectionToPassword(
    { authorization, remoteAddress }: UpgradeRequest,
    stationId: string,
    lowest: SecurityProfile | undefined,
  ): Refusal | undefined | Promise<Refusal | undefined> {
    if (!this.#credentials.has(stationId)) {
      const open = this.#policy.authentication === 'optional' && (lowest ?? 0) === 0
      return open ? undefined : wrongPassword
    }
    const given = parseBasicAuth(authorization)
    if (!given || given.user !== stationId) return wrongPassword
    const guesser = `${remoteAddress} ${stationId}`
    const waitSeconds = this.#guesses.take(guesser)
    if (waitSeconds > 0) return tooManyGuesses(waitSeconds)
    const verdict = (right: boolean) => {
      if (!right) return wrongPassword
      this.#guesses.giveBack(guesser)
      return undefined
    }
    const checked = this.#credentials.check(stationId, given.password)
    return checked instanceof Promise ? checked.then(verdict, busy) : verdict(checked)
  }

  #refuse(request: UpgradeRequest, stationId: string | undefined, refusal: Refusal): Refusal {
    this.#refused(request, stationId, refusal.status, refusal.reason)
    return refusal
  }
}

const foreignPage = 'A web page of another site is no station.'

const wrongPassword: Refusal = {
  status: 401,
  reason: 'Basic authentication with the identity as user name and the right password is required.',
  headers: { 'WWW-Authenticate': 'Basic realm="OCPP", charset="UTF-8"' },
}

function tooManyGuesses(waitSeconds: number): Refusal {
  return {
    status: 429,
    reason: 'Too many wrong passwords: wait, then try again.',
    headers: { 'Retry-After': String(Math.ceil(waitSeconds)) },
  }
}

function busy(error: unknown): Refusal {
  if (!(error instanceof HashingBusy)) throw error
  return {
    status: 503,
    reason: 'Too many stations present passwords at once.',
    headers: { 'Retry-After': '5' },
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
