import { parseJsonPath, valueAt } from '../../ocpp/matchers/json-path.ts'
import type { Edit } from './mutant.ts'

type Holder = Record<string | number, unknown>

/**
 * Edits a frame in place; tells whether anything of it has changed.
 *
 * @param firsts what stood at the places of `stuck` when they were first seen
 */
export function edited(
  frame: unknown,
  edits: readonly Edit[],
  firsts: Map<string, unknown>,
): boolean {
  const before = JSON.stringify(frame)
  for (const edit of edits) {
    const steps = parseJsonPath(edit.path) ?? []
    const holder = valueAt(frame, steps.slice(0, -1))
    const key = steps.at(-1)
    if (typeof holder !== 'object' || holder === null || key === undefined) continue
    apply(holder as Holder, key, edit, firsts)
  }
  return JSON.stringify(frame) !== before
}

function apply(
  holder: Holder,
  key: string | number,
  edit: Edit,
  firsts: Map<string, unknown>,
): void {
  const there = holder[key]
  if ('to' in edit) {
    holder[key] = edit.to
  } else if (there === undefined) {
    return
  } else if ('drop' in edit) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
  } else if ('plus' in edit) {
    holder[key] = Number(there) + edit.plus
  } else if ('away' in edit) {
    if (typeof there !== 'string') return
    holder[key] = new Date(Date.parse(there) + edit.away * 1000).toISOString()
  } else if ('stuck' in edit) {
    if (!firsts.has(edit.path)) firsts.set(edit.path, there)
    holder[key] = firsts.get(edit.path)
  } else {
    holder[key] = typeof there === 'number' ? String(there) : [there]
  }
}
