import type { RevocationList } from '../../platform/pki/revocation-list.ts'
import { realClock } from '../../platform/real-clock.ts'
import { csmsError } from '../../shared/errors.ts'
import type { Counters } from '../counters.ts'
import type { CsmsObserver } from '../events.ts'
import type { CsmsSettings, StationSeed } from '../options.ts'
import { RateLimiter } from '../rate-limiter.ts'
import { Gatekeeper, passwordGuesses } from './admission.ts'
import { Credentials } from './credentials.ts'

/** What the gatekeeper asks and tells. */
export interface GatekeeperSurroundings {
  /** Whether a station has a name here. */
  readonly isKnown: (stationId: string) => boolean
  /** What the authority of `caDir` says of certificates; undefined where there is none. */
  readonly ledger: RevocationList | undefined
  readonly counters: Counters
  readonly emit: CsmsObserver | undefined
}

/** The gatekeeper of these settings. Throws `CSMS_CONFIG_INVALID` for a hash it cannot read. */
export function composeGatekeeper(
  { stations = [], unknownStations, authentication, security = {} }: CsmsSettings,
  { isKnown, ledger, counters, emit }: GatekeeperSurroundings,
): Gatekeeper {
  const credentials = new Credentials()
  for (const station of stations) setPassword(credentials, station)
  const gatekeeper = new Gatekeeper(
    {
      unknownStations: unknownStations ?? 'accept',
      authentication: authentication ?? 'optional',
      securityProfile: security.profile,
      organization: security.organization,
      issued: ledger && ((serial) => ledger.entry(serial)),
    },
    isKnown,
    credentials,
    ({ remoteAddress }, stationId, status, reason) => {
      counters.connectionsRefused += 1
      counters.refusals.add(String(status))
      emit?.({ type: 'refused', stationId, status, reason, remoteAddress })
    },
    new RateLimiter(realClock, passwordGuesses.perSecond, passwordGuesses.burst),
  )
  for (const { id, serial, securityProfile } of stations) {
    if ((serial ?? securityProfile) !== undefined)
      gatekeeper.expect(id, { serial, securityProfile })
  }
  return gatekeeper
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
