import type { ChargingNeedsType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { openAt } from '../../domain/charging-profiles.ts'
import type { StationContext } from '../../domain/domain.ts'
import { mayTransfer } from '../../domain/energy-transfers.ts'
import { evAt, noteEv } from '../../domain/ev-charging.ts'
import { acknowledge } from '../acknowledge.ts'
import { evProfile, freshIdentity } from './ev-profile.ts'

interface Request {
  readonly evseId: number
  readonly chargingNeeds: ChargingNeedsType
}

/**
 * Makes a schedule for an EV that told what it needs, and sends it as the TxProfile of its
 * transaction. Rejected where no transaction is known [2.0.1 K15.FR.03, FR.04, K17].
 */
export const notifyEvChargingNeeds: Handler<Actions201, 'NotifyEVChargingNeeds', StationContext> = (
  request,
  context,
) => ({ status: noteNeeds(request, context) === 'Accepted' ? 'Accepted' : 'Rejected' })

/**
 * 2.1 has a word of its own for no schedule: Rejected is an energy transfer that was not allowed
 * [2.1 K18.FR.04, FR.22, K19.FR.04, FR.15].
 */
export const notifyEvChargingNeeds21: Handler<
  Actions21,
  'NotifyEVChargingNeeds',
  StationContext
> = (request, context) => ({ status: noteNeeds(request, context) })

/** In the words of 2.1; where it is Accepted a profile follows. */
function noteNeeds(
  request: Request,
  context: StationContext,
): 'Accepted' | 'NoChargingProfile' | 'Rejected' {
  const { station, domain } = context
  const { evseId, chargingNeeds: needs } = request
  const transactionId = openAt(station, evseId)?.transactionId
  const answer = answerTo(needs, transactionId, context)
  noteEv(domain, station, evseId, {
    transactionId,
    needs,
    needsAt: isoTime(domain.clock.wallMs()),
    answer,
    schedule: undefined,
    scheduleStatus: undefined,
    renegotiations: 0,
  })
  acknowledge('NotifyEVChargingNeeds')(request, context)
  // The answer is on its way by then.
  if (answer === 'Accepted') void Promise.resolve().then(() => sendEvProfile(context, evseId))
  return answer
}

function answerTo(
  { requestedEnergyTransfer }: ChargingNeedsType,
  transactionId: number | string | undefined,
  { station }: StationContext,
) {
  if (transactionId === undefined) return 'NoChargingProfile'
  const may = mayTransfer(station.record, String(transactionId), requestedEnergyTransfer)
  return may ? 'Accepted' : 'Rejected'
}

/** Sends the EV at an EVSE the profile for what it told last, in place of the one before. */
export async function sendEvProfile(context: StationContext, evseId: number): Promise<void> {
  const { station, domain } = context
  const ev = evAt(station, evseId)
  const open = openAt(station, evseId)
  if (!ev?.needs || !open || ev.transactionId !== open.transactionId) return
  const transactionId = String(open.transactionId)
  const known = station.record.chargingProfiles?.find(
    (one) => one.transactionId === open.transactionId && idOf(one.profile) === ev.profileId,
  )
  const identity = known
    ? { id: idOf(known.profile), stackLevel: known.profile.stackLevel, transactionId }
    : freshIdentity(station.record, transactionId)
  const needs = ev.needs as ChargingNeedsType
  const chargingProfile = evProfile(needs, identity, domain.clock.wallMs())
  noteEv(domain, station, evseId, { profileId: chargingProfile.id })
  await domain.command(station.id, 'SetChargingProfile', { evseId, chargingProfile })
}

function idOf(profile: { readonly id: number } | { readonly chargingProfileId: number }): number {
  return 'id' in profile ? profile.id : profile.chargingProfileId
}
