import type { Field } from './field.ts'
import { type Matcher, matcher } from './values.ts'

/** What an answer must look like; a bare text is its status: `Rejected` is `{status: Rejected}`. */
export function answerMatcher(): Field<Matcher> {
  const whole = matcher()
  const wants = 'a status like Rejected, or a matcher of the whole answer'
  return {
    ...whole,
    wants,
    parse(node, reader) {
      if (node.kind === 'list' || (node.kind === 'scalar' && typeof node.value !== 'string')) {
        return reader.refuse(node, wants)
      }
      const read = whole.parse(node, reader)
      return read && { matches: ofAnswer(read.matches) }
    },
    schema: () => ({ type: ['string', 'object'] }),
  }
}

/** Texts, and what matches texts, are about the status; whatever combines matchers, about each. */
function ofAnswer(matches: unknown): unknown {
  if (typeof matches === 'string') return matches.startsWith('$') ? matches : { status: matches }
  if (typeof matches !== 'object' || matches === null) return matches
  if ('$regex' in matches) return { status: matches }
  if ('$not' in matches) return { $not: ofAnswer(matches.$not) }
  if ('$oneOf' in matches && Array.isArray(matches.$oneOf)) {
    return { $oneOf: matches.$oneOf.map(ofAnswer) }
  }
  return matches
}
