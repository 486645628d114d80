import type { Handler16 } from './handler16.ts'
import { usesLocalList } from './local-list.ts'

/** [1.6 5.10] 0 = an empty list, -1 = none at all. */
export const getLocalListVersion: Handler16<'GetLocalListVersion'> = (
  _request,
  { settings, station },
) => ({
  listVersion: usesLocalList(settings) ? (station.memory.localList?.version ?? 0) : -1,
})
