import { mismatch, mismatchText } from '../../../ocpp/matchers/matcher.ts'
import type { HookAnswer } from '../hook.ts'
import type { HttpWay } from '../plan.ts'
import { fillText, fillValue, type TemplateValues } from '../template.ts'
import { type HttpCall, type HttpOutcome, sendHttp, shownUrl } from './send-http.ts'
import type { Tools } from './tools.ts'

/** Makes a request of HTTP as a file says it. */
export async function byHttp(
  way: HttpWay,
  values: TemplateValues,
  tools: Tools,
): Promise<HookAnswer> {
  const call = callOf(way, values, tools.headers)
  return verdict(call, await sendHttp(call, tools), {
    isGood: (status) =>
      way.expect.length === 0 ? status >= 200 && status < 300 : way.expect.includes(status),
    fault(body) {
      const differs = way.answer && mismatch(way.answer.matches, body)
      return differs && mismatchText(differs)
    },
  })
}

/** Whether the CSMS took the job: by its status, and by what it says. */
export function verdict(
  { method, url }: HttpCall,
  outcome: HttpOutcome,
  judge: {
    readonly isGood: (status: number) => boolean
    /** What is wrong with the JSON of the response. */
    readonly fault?: ((body: unknown) => string | undefined) | undefined
  },
): HookAnswer {
  if (outcome.kind === 'none') return { kind: 'failed', reason: outcome.reason }
  const { status, text } = outcome
  const asked = `${method} ${shownUrl(url)}`
  if (!judge.isGood(status)) {
    const said = text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
    const words = said === '' ? '' : `: ${said}`
    return { kind: 'failed', reason: `${asked} was answered with HTTP ${status}${words}` }
  }
  const fault = judge.fault?.(readJson(text))
  if (fault === undefined) return { kind: 'accepted' }
  return { kind: 'failed', reason: `${asked}: ${fault}` }
}

function callOf(
  way: HttpWay,
  values: TemplateValues,
  common: Readonly<Record<string, string>>,
): HttpCall {
  const headers = Object.entries({ ...common, ...way.headers })
  return {
    method: way.method,
    url: urlOf(way.url, values),
    headers: Object.fromEntries(headers.map(([key, text]) => [key, fillText(text, values)])),
    body: bodyOf(way, values),
  }
}

/** The URL of the API goes in as it is, everything else percent-encoded. */
function urlOf(template: string, values: TemplateValues): string {
  const base = '{{api}}'
  if (!template.startsWith(base)) return fillText(template, values, encodeURIComponent)
  const api = String(values['api']).replace(/\/+$/, '')
  return api + fillText(template.slice(base.length), values, encodeURIComponent)
}

function bodyOf({ method, body }: HttpWay, values: TemplateValues): unknown {
  if (body === 'none') return undefined
  if (body !== 'payload') return fillValue(body.template, values)
  return method === 'GET' || method === 'DELETE' ? undefined : values['payload']
}

/** Undefined where it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
