import type { Order } from './hook.ts'
import { fillText, type TemplateValues } from './template.ts'

/** What a person reads who is to make the CSMS act; the run goes on when the CALL has come. */
export function askPerson(
  { stationId, action, payload }: Order,
  words: string | undefined,
  values: TemplateValues,
): string {
  const what = `${action} ${JSON.stringify(payload)}`
  if (words === undefined) return `Make the CSMS send to ${stationId}: ${what}`
  return `${fillText(words, values)} (${stationId}: ${what})`
}
