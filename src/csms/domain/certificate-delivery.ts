import { type CertificateDelivery, settleSigned } from './certificates.ts'
import type { StationContext } from './domain.ts'

/** What a station did not answer so often it will not answer. */
const mostAttempts = 5
/** It may have got it, and said nothing. */
const unanswered: ReadonlySet<string> = new Set(['timeout', 'lost'])
/** It cannot have got it. */
const unsent: ReadonlySet<string> = new Set(['offline', 'refused'])

/**
 * Sends the certificate that a station asked for last [1.6 SWP A02] [2.0.1 A02]. Where it is offline or does
 * not answer, it is sent again when something comes from the station, also after a restart, as long
 * as it is what the station waits for: it asked for no other since, and the certificate is valid.
 * Never rejects.
 */
export async function deliverCertificate(context: StationContext): Promise<void> {
  const { station } = context
  if (station.isDelivering) return
  station.isDelivering = true
  let sent: CertificateDelivery | undefined
  let delivery = currentDelivery(context)
  // While one was under way the station may have asked for another.
  while (delivery && delivery !== sent) {
    await attempt(delivery, context)
    sent = delivery
    delivery = currentDelivery(context)
  }
  station.isDelivering = false
}

/** Undefined where nothing waits, or what waits is worth nothing any more. */
function currentDelivery({ station, domain }: StationContext): CertificateDelivery | undefined {
  const { record } = station
  const delivery = record.certificates?.delivery
  if (!delivery || Date.parse(delivery.notAfter) > domain.clock.wallMs()) return delivery
  settleSigned(record, delivery.serial, 'Undelivered')
  domain.stations.save(record)
  return undefined
}

async function attempt(
  delivery: CertificateDelivery,
  { station, domain }: StationContext,
): Promise<void> {
  const { record } = station
  const { serial, chainPem, certificateType, requestId } = delivery
  const signed = record.certificates?.signed.find((known) => known.serial === serial)
  if (signed) signed.state = 'Sent'
  const { status } = await domain.command(station.id, 'CertificateSigned', {
    certificateChain: chainPem,
    ...(certificateType !== undefined && { certificateType }),
    ...(requestId !== undefined && { requestId }),
  })
  // Settled by the answer, or another took its place.
  if (record.certificates?.delivery !== delivery) return
  if (unanswered.has(status)) delivery.attempts += 1
  const isLeft = unanswered.has(status) || unsent.has(status)
  if (!isLeft || delivery.attempts >= mostAttempts) settleSigned(record, serial, 'Undelivered')
  else if (signed) signed.state = 'Undelivered'
  domain.stations.save(record)
}
