import { createHash } from 'node:crypto'
import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { deliverCertificate } from '../domain/certificate-delivery.ts'
import {
  addSigned,
  type CertificateSigner,
  certificatesOf,
  signedSince,
} from '../domain/certificates.ts'
import type { StationContext } from '../domain/domain.ts'
import { shownError } from '../events.ts'

/** How long what is signed for stations is valid. */
const validDays = 365
const hourMs = 3_600_000
/** A station that asks for more in an hour is broken, or wants to fill the books. */
const mostInAnHour = 10

/**
 * A station asks for a certificate: the authority looks at the request, and where it is fit the signed
 * certificate follows as CertificateSigned [1.6 SWP A02.FR.11, A02.FR.12]. Rejected where there is no
 * authority.
 */
export const signCertificate: Handler<Actions16, 'SignCertificate', StationContext> = (
  { csr },
  context,
) => {
  const { authority } = context.domain
  if (!authority) return { status: 'Rejected' }
  return examine(csr, authority, context)
}

async function examine(csr: string, authority: CertificateSigner, context: StationContext) {
  const { station, domain } = context
  const { record } = station
  const request = createHash('sha256').update(csr).digest('hex')
  if (record.certificates?.delivery?.request === request) {
    // Asked again because the certificate did not come: it is under way, and one is enough.
    void deliverCertificate(context)
    return { status: 'Accepted' } as const
  }
  const nowMs = domain.clock.wallMs()
  // What the operator said counts for more than what the station says of itself.
  const name = record.security?.orders?.serial ?? record.serialNumber ?? station.id
  const reason =
    signedSince(record, nowMs - hourMs) >= mostInAnHour
      ? `it had ${mostInAnHour} certificates within an hour`
      : name !== station.id && domain.stations.get(name)
        ? `its serial number "${name}" is the identity of another station`
        : await authority.objectionToRequest(csr, name, station.id)
  const status = reason === undefined ? 'Accepted' : 'Rejected'
  domain.emit?.({
    type: 'notified',
    stationId: station.id,
    action: 'SignCertificate',
    payload: reason === undefined ? { status } : { status, reason },
  })
  if (reason === undefined) {
    void sign({ csr, request }, authority, context)
  } else {
    certificatesOf(record).refusal = { at: isoTime(nowMs), reason }
    domain.stations.save(record)
  }
  return { status } as const
}

/** Signing takes a turn of its own: the answer is on its way by then. */
async function sign(
  { csr, request }: { readonly csr: string; readonly request: string },
  authority: CertificateSigner,
  context: StationContext,
): Promise<void> {
  const { station, domain } = context
  try {
    const { chainPem, entry } = await authority.signRequest(csr, station.id, validDays)
    const { serial, commonName, notBefore, notAfter } = entry
    const signedAt = isoTime(domain.clock.wallMs())
    addSigned(
      station.record,
      { serial, commonName, notBefore, notAfter, signedAt, state: 'Sent' },
      { serial, chainPem, notAfter, request, attempts: 0 },
    )
    domain.stations.save(station.record)
    await deliverCertificate(context)
  } catch (error) {
    domain.counters.handlerFailures += 1
    domain.emit?.({
      type: 'handlerFailed',
      stationId: station.id,
      action: 'SignCertificate',
      error: shownError(error),
    })
  }
}
