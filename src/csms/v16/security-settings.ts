import { isSecurityProfile } from '../../ocpp/security-profile.ts'
import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from '../domain/domain.ts'
import { accessOf } from '../domain/security.ts'
import { hashPassword } from '../gateway/credentials.ts'

/** A ChangeConfiguration.req that is about to be sent, or was answered. */
interface Change {
  readonly key: string
  readonly value: string
}

/** Keys are compared without regard to case: CiString [1.6 7.13]. */
const isKey = (key: string, name: string): boolean => key.toLowerCase() === name.toLowerCase()

/**
 * The password that is about to be set is kept as a hash before it leaves: a station that takes it
 * and is cut off before it answers can connect all the same, and so it can after this process died.
 * [1.6 SWP A01]
 */
export function prepareCommand(
  context: StationContext,
  action: string,
  payload: object,
): Promise<void> | undefined {
  if (context.version !== 'ocpp1.6' || action !== 'ChangeConfiguration') return undefined
  if (!('key' in payload && 'value' in payload)) return undefined
  return isKey(String(payload.key), 'AuthorizationKey')
    ? keepNext(String(payload.value), context)
    : undefined
}

async function keepNext(password: string, { station, domain }: StationContext): Promise<void> {
  const nextPasswordHash = await hashPassword(password)
  const { record } = station
  record.security ??= {}
  record.security.nextPasswordHash = nextPasswordHash
  domain.stations.save(record)
  domain.accessChanged?.(station.id, accessOf(record) ?? {})
}

/**
 * Once accepted, the new password counts and the old one no longer [1.6 SWP A01.FR.03]; refused, the
 * old one stays [A01.FR.04]. A higher SecurityProfile binds from the first connection with it on.
 */
export function learnChange({ key, value }: Change, status: string, context: StationContext): void {
  if (isKey(key, 'AuthorizationKey')) passwordAnswered(status, context)
  else if (isKey(key, 'SecurityProfile') && status === 'Accepted') upgradeAccepted(value, context)
}

function passwordAnswered(status: string, { station, domain }: StationContext): void {
  const { record } = station
  const { security } = record
  if (security?.nextPasswordHash === undefined) return
  if (status === 'Accepted' || status === 'RebootRequired') {
    security.passwordHash = security.nextPasswordHash
    security.passwordChangedAt = isoTime(domain.clock.wallMs())
  }
  security.nextPasswordHash = undefined
  domain.stations.save(record)
  domain.accessChanged?.(station.id, accessOf(record) ?? {})
}

function upgradeAccepted(value: string, { station, domain }: StationContext): void {
  const profile = Number(value)
  if (!isSecurityProfile(profile)) return
  const { record } = station
  record.security ??= {}
  record.security.upgradeTo = profile
  domain.stations.save(record)
}
