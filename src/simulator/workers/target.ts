import type { StationIdentity } from '../scenario/station-identity.ts'
import { isSecure } from './fleet-security.ts'
import type { TargetPlan } from './worker-messages.ts'

/** A target without TLS settings of its own, that connections leave for from any address. */
export function plainTarget(
  urls: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): TargetPlan {
  return {
    urls,
    localAddresses: [],
    headers,
    ca: undefined,
    client: undefined,
    issuer: undefined,
    insecure: false,
    resolve: {},
  }
}

/**
 * The URL that a station connects to [1.6J 3.1.1] [2.0.1 Part 4 3.1.1]. Of several it takes turns
 * with those that fit the security profile, where there are any: `wss:` is for 2 and 3.
 */
export function stationUrl(
  { urls }: TargetPlan,
  station: Pick<StationIdentity, 'id' | 'index'>,
  profile?: number,
): string {
  const fitting = urls.filter((url) => isSecure(url) === (profile ?? 0) >= 2)
  const choice = profile === undefined || fitting.length === 0 ? urls : fitting
  const base = choice[station.index % choice.length] ?? ''
  const id = encodeURIComponent(station.id)
  if (base.includes('{id}')) return base.replaceAll('{id}', id)
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${id}`
  return url.href
}

/** What a station names itself with. */
export interface StationPassword {
  readonly id: string
  readonly password: string | undefined
  /** How it reads hexadecimal digits: as the password itself, or as its bytes. */
  readonly reading?: 'text' | 'bytes'
}

/** Headers of the upgrade; Basic auth names the station itself [1.6J 6.2.2] [2.0.1 A00.FR.204]. */
export function stationHeaders(
  target: Pick<TargetPlan, 'headers'>,
  { id, password, reading = 'text' }: StationPassword,
): Readonly<Record<string, string>> {
  if (password === undefined) return target.headers
  const bytes = reading === 'bytes' && /^(?:[0-9a-f]{2})+$/i.test(password)
  const secret = Buffer.from(password, bytes ? 'hex' : 'utf8')
  const credentials = Buffer.concat([Buffer.from(`${id}:`), secret]).toString('base64')
  return { ...target.headers, Authorization: `Basic ${credentials}` }
}
