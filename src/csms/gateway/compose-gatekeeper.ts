import { csmsError } from '../../shared/errors.ts'
import type { Counters } from '../counters.ts'
import type { CsmsObserver } from '../events.ts'
import type { CsmsSettings, StationSeed } from '../options.ts'
import { Gatekeeper } from './admission.ts'
import { Credentials } from './credentials.ts'

/** What the gatekeeper asks and tells. */
export interface GatekeeperSurroundings {
  /** Whether a station has a name here. */
  readonly isKnown: (stationId: string) => boolean
  readonly counters: Counters
  readonly emit: CsmsObserver | undefined
}

/** The gatekeeper of these settings. Throws `CSMS_CONFIG_INVALID` for a hash it cannot read. */
export function composeGatekeeper(
  { stations = [], unknownStations, authentication }: CsmsSettings,
  { isKnown, counters, emit }: GatekeeperSurroundings,
): Gatekeeper {
  const credentials = new Credentials()
  for (const station of stations) setPassword(credentials, station)
  return new Gatekeeper(
    {
      unknownStations: unknownStations ?? 'accept',
      authentication: authentication ?? 'optional',
    },
    isKnown,
    credentials,
    ({ remoteAddress }, stationId, status, reason) => {
      counters.connectionsRefused += 1
      emit?.({ type: 'refused', stationId, status, reason, remoteAddress })
    },
  )
}

function setPassword(credentials: Credentials, { id, password, passwordHash }: StationSeed): void {
  try {
    if (password !== undefined) credentials.set(id, { plain: password })
    if (passwordHash !== undefined) credentials.set(id, { hash: passwordHash })
  } catch (error) {
    const message = `the password hash of station ${id} cannot be read: ${String(error)}`
    throw csmsError('CSMS_CONFIG_INVALID', { file: 'stations', message }, error)
  }
}
