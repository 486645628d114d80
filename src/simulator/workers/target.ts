import type { TargetPlan } from './worker-messages.ts'

/** The URL that a station connects to [1.6J 3.1.1] [2.0.1 Part 4 3.1.1]. */
export function stationUrl(target: TargetPlan, stationId: string): string {
  const id = encodeURIComponent(stationId)
  if (target.url.includes('{id}')) return target.url.replaceAll('{id}', id)
  const url = new URL(target.url)
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
