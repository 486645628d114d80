import type { HookAnswer, Order } from '../hook.ts'
import type { Preset } from '../presets/preset.ts'
import { verdict } from './by-http.ts'
import { sendHttp } from './send-http.ts'
import type { Tools } from './tools.ts'

/** Orders through an API that is known. */
export async function byPreset(
  preset: Preset,
  api: string,
  order: Order,
  tools: Tools,
): Promise<HookAnswer> {
  const why = preset.cannot?.(order)
  if (why !== undefined) return { kind: 'unable', reason: why }
  const { method, path, query = {}, body } = preset.request(order)
  const call = { method, url: urlBelow(api, path, query), headers: tools.headers, body }
  return verdict(call, await sendHttp(call, tools), {
    isGood: (status) => status >= 200 && status < 300,
    fault: preset.fault,
  })
}

/** What the URL of the API says in its query wins. */
export function urlBelow(
  api: string,
  path: string,
  query: Readonly<Record<string, string>>,
): string {
  const url = new URL(api)
  url.pathname = url.pathname.replace(/\/+$/, '') + path
  for (const [name, value] of Object.entries(query)) {
    if (!url.searchParams.has(name)) url.searchParams.set(name, value)
  }
  return url.href
}
