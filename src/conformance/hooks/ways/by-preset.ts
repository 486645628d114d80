import type { HookAnswer, Order } from '../hook.ts'
import type { Preset } from '../presets/preset.ts'
import { readJson, verdict } from './by-http.ts'
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
  const outcome = await sendHttp(call, tools)
  const unable =
    outcome.kind === 'answer' && preset.unable?.(outcome.status, readJson(outcome.text))
  if (typeof unable === 'string') return { kind: 'unable', reason: unable }
  return verdict(call, outcome, {
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
