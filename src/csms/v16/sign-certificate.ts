import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import {
  addSigned,
  type CertificateSigner,
  certificatesOf,
  type SignedRecord,
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
  const nowMs = domain.clock.wallMs()
  const reason =
    signedSince(record, nowMs - hourMs) >= mostInAnHour
      ? `it had ${mostInAnHour} certificates within an hour`
      : await authority.objectionToRequest(csr, record.serialNumber ?? station.id)
  const status = reason === undefined ? 'Accepted' : 'Rejected'
  domain.emit?.({
    type: 'notified',
    stationId: station.id,
    action: 'SignCertificate',
    payload: reason === undefined ? { status } : { status, reason },
  })
  if (reason === undefined) {
    void sign(csr, authority, context)
  } else {
    certificatesOf(record).refusal = { at: isoTime(nowMs), reason }
    domain.stations.save(record)
  }
  return { status } as const
}

/** Signing takes a turn of its own: the answer is on its way by then. */
async function sign(
  csr: string,
  authority: CertificateSigner,
  { station, domain }: StationContext,
): Promise<void> {
  try {
    const { chainPem, entry } = await authority.signRequest(csr, station.id, validDays)
    const { serial, commonName, notBefore, notAfter } = entry
    const signedAt = isoTime(domain.clock.wallMs())
    const signed: SignedRecord = {
      serial,
      commonName,
      notBefore,
      notAfter,
      signedAt,
      state: 'Sent',
    }
    addSigned(station.record, signed)
    domain.stations.save(station.record)
    const payload = { certificateChain: chainPem }
    const outcome = await domain.command(station.id, 'CertificateSigned', payload)
    if (outcome.status === 'answered') return
    signed.state = 'Undelivered'
    domain.stations.save(station.record)
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
