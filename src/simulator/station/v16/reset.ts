import type { Handler16 } from './handler16.ts'

/** [1.6 5.14] Accepted means that the station will try. */
export const reset: Handler16<'Reset'> = (request, { resets, station }) => {
  station.afterwards(() => resets.begin(request.type))
  return { status: 'Accepted' }
}
