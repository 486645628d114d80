import type { HookAnswer } from '../hook.ts'
import type { OwnWay } from '../plan.ts'
import type { ApiAnswer, ApiRequest } from '../presets/asking.ts'
import type { TemplateValues } from '../template.ts'
import { readJson } from './by-http.ts'
import { urlBelow } from './by-preset.ts'
import { sendHttp, shownUrl } from './send-http.ts'
import type { Tools } from './tools.ts'

/** Lets a preset ask its API as often as it has to. */
export async function byOwn(
  { act }: OwnWay,
  values: TemplateValues,
  tools: Tools,
): Promise<HookAnswer> {
  const api = String(values['api'])
  const wrong = await act(values, {
    clock: tools.clock,
    ask: (request) => asked(api, request, tools),
  })
  return wrong === undefined ? { kind: 'accepted' } : { kind: 'failed', reason: wrong }
}

async function asked(
  api: string,
  { method, path, query = {}, body }: ApiRequest,
  tools: Tools,
): Promise<ApiAnswer> {
  const url = urlBelow(api, path, query)
  const outcome = await sendHttp({ method, url, headers: tools.headers, body }, tools)
  if (outcome.kind === 'none') throw new Error(outcome.reason)
  const { status, text } = outcome
  const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  const words = `${method} ${shownUrl(url)} was answered with HTTP ${status}: ${said}`
  return { status, body: readJson(text), words }
}
