import { sendHttp, shownUrl } from '../hooks/ways/send-http.ts'
import type { Tools } from '../hooks/ways/tools.ts'
import type { Diagnosis } from './doctor.ts'

/**
 * Whether anybody is where orders will go. Any answer is one, 404 as well: only orders can tell whether
 * they are taken, and a doctor gives none.
 */
export async function apiDiagnosis(api: string, tools: Tools): Promise<Diagnosis> {
  const { headers } = tools
  const outcome = await sendHttp({ method: 'GET', url: api, headers, body: undefined }, tools)
  const good = outcome.kind === 'answer'
  return {
    name: 'API',
    state: good ? 'good' : 'bad',
    value: good ? `${shownUrl(api)} answers` : outcome.reason,
    advice: good
      ? ''
      : 'Start it, or say in the hooks file where it is: it is what orders are sent to.',
  }
}
