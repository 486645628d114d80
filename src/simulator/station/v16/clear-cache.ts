import type { Handler16 } from './handler16.ts'

/** [1.6 5.4] Rejected where there is no cache [errata 3.23]. */
export const clearCache: Handler16<'ClearCache'> = (_request, { settings, station }) => {
  if (!settings.flag('AuthorizationCacheEnabled')) return { status: 'Rejected' }
  station.memory.clearCache()
  return { status: 'Accepted' }
}
