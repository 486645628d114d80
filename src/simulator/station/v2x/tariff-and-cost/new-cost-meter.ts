import { CostMeter, type Reading } from '../../../../ocpp/tariff/cost-meter.ts'
import type { Tariff } from '../../../../ocpp/tariff/tariff.ts'
import type { PaymentCard } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { stationReservations } from '../reservation/station-reservations.ts'
import type { Station2x } from '../station-2x.ts'
import { placeOf } from './meter-reading.ts'

/** For the transaction that is open at an EVSE, from its first reading on. */
export function costMeter(
  station: Station2x,
  evse: Evse,
  tariff: Tariff,
  first: Reading,
): CostMeter {
  const card: PaymentCard | undefined = evse.authorization?.token.payment
  return new CostMeter(
    {
      tariff,
      place: placeOf(station, evse),
      payment: { brand: card?.brand, recognition: card?.recognition },
      reservedSeconds: reservedSeconds(station, evse, first),
    },
    first,
  )
}

/** [2.1 I12.FR.06] */
function reservedSeconds(station: Station2x, evse: Evse, { atMs }: Reading): number | undefined {
  const { transactionId } = station.sessions.of(evse)
  if (transactionId === undefined) return undefined
  return stationReservations.existing(station)?.reservedSeconds(evse, transactionId, atMs)
}
