import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { ClientCertificate, PeerTls } from '../../transport/peer-tls.ts'

/** What a connection must be like for one station. */
export interface SecurityDemand {
  readonly stationId: string
  /** The lowest profile that it may use; undefined = any. */
  readonly lowest: SecurityProfile | undefined
  /** Names its certificate may carry besides the identity: its serial number. */
  readonly names: readonly string[]
  /** What the certificate's organisation must be [1.6 SWP A00.FR.404]; undefined = anything. */
  readonly organization: string | undefined
  readonly issued: IssuedCertificates
}

/**
 * What an authority of ours says of a certificate of its own; undefined: it is none.
 * @param serialNumber upper-case hexadecimal without leading zeros
 */
export type IssuedCertificates = (serialNumber: string) =>
  | {
      /** The identity that it was issued to; where that is known, names say no more. */
      readonly station?: string
      /** When and why; absent: it was not. */
      readonly revoked?: object
    }
  | undefined

/**
 * Why a connection is refused before any password is looked at. Not 401, which must say how a request
 * may prove itself [RFC 9110 15.5.2]: none can make up for what was shown, or not, in the TLS handshake.
 */
export interface Objection {
  readonly status: 403
  readonly reason: string
}

/**
 * Whether the transport may be used by a station at all, and whether its client certificate proves
 * who it is: then no password is asked for.
 */
export function judgeTransport(
  tls: PeerTls | undefined,
  demand: SecurityDemand,
): Objection | { readonly proven: boolean } {
  const { lowest = 0 } = demand
  if (!tls) return lowest >= 2 ? { status: 403, reason: tooLow(lowest) } : { proven: false }
  const { certificate } = tls
  if (!certificate) return lowest === 3 ? missingCertificate : { proven: false }
  return objectionTo(certificate, demand) ?? { proven: true }
}

const missingCertificate: Objection = {
  status: 403,
  reason: 'Security profile 3 asks for a client certificate, and none was presented.',
}

function tooLow(lowest: SecurityProfile): string {
  return `This station must use security profile ${lowest}, which is TLS; lower ones are refused.`
}

/** [1.6 SWP A00.FR.403 to A00.FR.407] */
function objectionTo(
  { commonNames, organizations, alternativeNames, serialNumber, fault }: ClientCertificate,
  { stationId, names, organization, issued }: SecurityDemand,
): Objection | undefined {
  if (fault !== undefined) {
    return { status: 403, reason: `The client certificate is not trusted: ${fault}.` }
  }
  const { station: holder, revoked } = issued(serialNumber) ?? {}
  if (revoked) {
    return { status: 403, reason: `The client certificate ${serialNumber} was revoked.` }
  }
  const expected = [stationId, ...names]
  const named = [...commonNames, ...alternativeNames].some((name) => expected.includes(name))
  if (holder === undefined ? !named : holder !== stationId) {
    const whose = commonNames[0] ?? 'nobody'
    const reason = `The client certificate is that of "${whose}", not of this station.`
    return { status: 403, reason }
  }
  if (organization !== undefined && !organizations.includes(organization)) {
    return { status: 403, reason: `The client certificate is of another organisation.` }
  }
  return undefined
}
