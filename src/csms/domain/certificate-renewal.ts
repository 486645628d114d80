import { presented } from './certificates.ts'
import type { StationContext } from './domain.ts'

/**
 * A station should ask a month before its certificate expires [1.6 SWP A03.FR.02] [2.0.1 A03.FR.02]:
 * one that has let three weeks pass is told to [A02].
 */
const overdueMs = 7 * 86_400_000

const trigger16 = {
  action: 'ExtendedTriggerMessage',
  requestedMessage: 'SignChargePointCertificate',
} as const
const trigger2x = {
  action: 'TriggerMessage',
  requestedMessage: 'SignChargingStationCertificate',
} as const

/** Tells a station that was just accepted to renew its certificate, where that is due. */
export function renewWhereDue({ version, station, domain }: StationContext): void {
  const certificate = presented(station.record)
  if (!domain.authority || !certificate) return
  const leftMs = Date.parse(certificate.notAfter) - domain.clock.wallMs()
  if (leftMs > overdueMs) return
  const { action, requestedMessage } = version === 'ocpp1.6' ? trigger16 : trigger2x
  // The answer to BootNotification leaves first.
  void Promise.resolve().then(() => domain.command(station.id, action, { requestedMessage }))
}
