import type { Handler16 } from './handler16.ts'

/** [1.6 5.13] The status Reserved follows the answer. */
export const reserveNow: Handler16<'ReserveNow'> = (request, behaviour) => {
  const status = behaviour.reservations.reserve(request)
  if (status === 'Accepted') behaviour.station.afterwards(() => behaviour.statuses.updateAll())
  return { status }
}
