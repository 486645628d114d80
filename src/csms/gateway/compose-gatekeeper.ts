import { realClock } from '../../platform/real-clock.ts'
import { csmsError } from '../../shared/errors.ts'
import { issuedBy } from '../authority.ts'
import type { Counters } from '../counters.ts'
import type { CsmsObserver } from '../events.ts'
import type { CsmsSettings, StationSeed } from '../options.ts'
import { Gatekeeper } from './admission.ts'
import { Credentials } from './credentials.ts'

/** What the gatekeeper asks and tells. */
export interface GatekeeperSurroundings {
  /** Whether a station has a name here. */
  readonly isKnown: (stationId: string) => boolean
  /** Whether a client certificate was revoked, by its serial number in upper-case hexadecimal. */
  readonly isRevoked?: ((serialNumber: string) => boolean) | undefined
  readonly counters: Counters
  readonly emit: CsmsObserver | undefined
}

/** The gatekeeper of these settings. Throws `CSMS_CONFIG_INVALID` for a hash it cannot read. */
export function composeGatekeeper(
  { stations = [], unknownStations, authentication, security = {}, caDir }: CsmsSettings,
  { isKnown, isRevoked, counters, emit }: GatekeeperSurroundings,
): Gatekeeper {
  const ledger = caDir === undefined ? undefined : issuedBy(caDir, realClock)
  const credentials = new Credentials()
  for (const station of stations) setPassword(credentials, station)
  const gatekeeper = new Gatekeeper(
    {
      unknownStations: unknownStations ?? 'accept',
      authentication: authentication ?? 'optional',
      securityProfile: security.profile,
      organization: security.organization,
      isRevoked: isRevoked ?? (ledger && ((serial) => ledger.isRevoked(serial))),
      holderOf: ledger && ((serial) => ledger.holderOf(serial)),
    },
    isKnown,
    credentials,
    ({ remoteAddress }, stationId, status, reason) => {
      counters.connectionsRefused += 1
      emit?.({ type: 'refused', stationId, status, reason, remoteAddress })
    },
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
