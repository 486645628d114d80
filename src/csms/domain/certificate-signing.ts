import { createHash } from 'node:crypto'
import { isoTime } from '../../shared/clock.ts'
import { stackOf } from '../../shared/errors.ts'
import { deliverCertificate } from './certificate-delivery.ts'
import {
  addSigned,
  type CertificateSigner,
  certificatesOf,
  type RequestedUse,
  signedSince,
} from './certificates.ts'
import type { StationContext } from './domain.ts'

/** How long what is signed for stations is valid. */
const validDays = 365
const hourMs = 3_600_000
/** A station that asks for more in an hour is broken, or wants to fill the books. */
const mostInAnHour = 10

/** What a station asks to be signed. */
interface SigningOrder {
  /** PKCS #10, PEM. */
  readonly csr: string
  readonly use: RequestedUse
  /** What the CN must be where the certificate is for vehicles only; undefined: nobody knows. */
  readonly seccId?: string | undefined
  /** 2.x: what the request names, to be named with the certificate. */
  readonly certificateType?: string | undefined
  readonly requestId?: number | undefined
}

/** How SignCertificate is answered. */
interface SigningAnswer {
  readonly status: 'Accepted' | 'Rejected'
}

/**
 * A station asks for a certificate: the authority looks at the request, and where it is fit the signed
 * certificate follows as CertificateSigned [1.6 SWP A02.FR.11, A02.FR.12] [2.0.1 A02.FR.11,
 * A02.FR.12]. Rejected where there is no authority.
 */
export function signOnRequest(
  order: SigningOrder,
  context: StationContext,
): SigningAnswer | Promise<SigningAnswer> {
  const { authority } = context.domain
  if (!authority) return { status: 'Rejected' }
  return examine(order, authority, context)
}

async function examine(
  order: SigningOrder,
  authority: CertificateSigner,
  context: StationContext,
): Promise<SigningAnswer> {
  const { station, domain } = context
  const { record } = station
  const { csr, use } = order
  const request = createHash('sha256').update(csr).digest('hex')
  if (record.certificates?.delivery?.request === request) {
    // Asked again because the certificate did not come: it is under way, and one is enough.
    void deliverCertificate(context)
    return { status: 'Accepted' }
  }
  const nowMs = domain.clock.wallMs()
  // What the operator said counts for more than what the station says of itself.
  const serial = record.security?.orders?.serial ?? record.serialNumber ?? station.id
  const name = use === 'secc' ? order.seccId : serial
  const reason =
    signedSince(record, nowMs - hourMs) >= mostInAnHour
      ? `it had ${mostInAnHour} certificates within an hour`
      : use !== 'secc' && serial !== station.id && domain.stations.get(serial)
        ? `its serial number "${serial}" is the identity of another station`
        : await authority.objectionToRequest(csr, name, station.id, use)
  const status = reason === undefined ? 'Accepted' : 'Rejected'
  domain.emit?.({
    type: 'notified',
    stationId: station.id,
    action: 'SignCertificate',
    payload: reason === undefined ? { status } : { status, reason },
  })
  if (reason === undefined) {
    void sign({ ...order, request }, authority, context)
  } else {
    certificatesOf(record).refusal = { at: isoTime(nowMs), reason }
    domain.stations.save(record)
  }
  return { status }
}

/** Signing takes a turn of its own: the answer is on its way by then. */
async function sign(
  { csr, use, certificateType, requestId, request }: SigningOrder & { readonly request: string },
  authority: CertificateSigner,
  context: StationContext,
): Promise<void> {
  const { station, domain } = context
  try {
    const { chainPem, entry } = await authority.signRequest(csr, station.id, validDays, use)
    const { serial, commonName, notBefore, notAfter } = entry
    const signedAt = isoTime(domain.clock.wallMs())
    const type = certificateType === undefined ? {} : { certificateType }
    addSigned(
      station.record,
      { serial, commonName, notBefore, notAfter, signedAt, ...type, state: 'Sent' },
      {
        serial,
        chainPem,
        notAfter,
        request,
        ...type,
        ...(requestId !== undefined && { requestId }),
        attempts: 0,
      },
    )
    domain.stations.save(station.record)
    await deliverCertificate(context)
  } catch (error) {
    domain.counters.handlerFailures += 1
    domain.emit?.({
      type: 'handlerFailed',
      stationId: station.id,
      action: 'SignCertificate',
      error: stackOf(error),
    })
  }
}
