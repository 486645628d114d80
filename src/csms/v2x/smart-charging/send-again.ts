import { is2x } from '../../domain/charging-profiles.ts'
import type { StationContext } from '../../domain/domain.ts'
import type { TransactionRecord } from '../../domain/transaction.ts'
import { variableValue } from '../../domain/variables.ts'

/**
 * The TxProfiles of a transaction that goes on after a reboot, once more: a station that does not say
 * that it keeps them has lost them [2.1 B13.FR.31, E17.FR.15].
 */
export async function sendProfilesAgain(
  { transactionId, evseId: place }: TransactionRecord,
  { station: { id, record }, domain }: StationContext,
): Promise<void> {
  const kept = ['SmartChargingCtrlr', 'ChargingProfilePersistence', 'TxProfile'] as const
  if (variableValue(record, ...kept) === 'true') return
  const known = (record.chargingProfiles ?? []).filter(
    ({ profile, transactionId: of }) =>
      profile.chargingProfilePurpose === 'TxProfile' && of === transactionId,
  )
  for (const { profile: chargingProfile, evseId = place } of known) {
    if (evseId === undefined || !is2x(chargingProfile)) continue
    await domain.command(id, 'SetChargingProfile', { evseId, chargingProfile })
  }
}
