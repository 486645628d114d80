import type { Look } from '../rule.ts'

/** Of every exchange. */
export const rememberEvery: Look<object, object, void> = {
  asked: (_request, memory, { asker, judged, id, action }) => {
    if (asker === judged) memory.used(id, action)
  },
}
