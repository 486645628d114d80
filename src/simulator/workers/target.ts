import type { StationIdentity } from '../scenario/station-identity.ts'
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
    cert: undefined,
    key: undefined,
    insecure: false,
  }
}

/** The URL that a station connects to [1.6J 3.1.1] [2.0.1 Part 4 3.1.1]. */
export function stationUrl(
  { urls }: TargetPlan,
  station: Pick<StationIdentity, 'id' | 'index'>,
): string {
  const base = urls[station.index % urls.length] ?? ''
  const id = encodeURIComponent(station.id)
  if (base.includes('{id}')) return base.replaceAll('{id}', id)
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${id}`
  return url.href
}

/** Headers of the upgrade; Basic auth names the station itself [1.6J 6.2.2] [2.0.1 A00.FR.204]. */
export function stationHeaders(
  target: TargetPlan,
  stationId: string,
  password: string | undefined,
): Readonly<Record<string, string>> {
  if (password === undefined) return target.headers
  const credentials = Buffer.from(`${stationId}:${password}`).toString('base64')
  return { ...target.headers, Authorization: `Basic ${credentials}` }
}
