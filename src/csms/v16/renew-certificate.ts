import { presented } from '../domain/certificates.ts'
import type { StationContext } from '../domain/domain.ts'

/**
 * A station should ask a month before its certificate expires [1.6 SWP A03.FR.02]: one that has let
 * three weeks pass is told to [A02].
 */
const overdueMs = 7 * 86_400_000

/** Tells a station that was just accepted to renew its certificate, where that is due. */
export function renewWhereDue({ station, domain }: StationContext): void {
  const certificate = presented(station.record)
  if (!domain.authority || !certificate) return
  const leftMs = Date.parse(certificate.notAfter) - domain.clock.wallMs()
  if (leftMs > overdueMs) return
  const trigger = { requestedMessage: 'SignChargePointCertificate' }
  // The answer to BootNotification leaves first.
  void Promise.resolve().then(() => domain.command(station.id, 'ExtendedTriggerMessage', trigger))
}
