import { secretsIn } from '../../../ocpp/redact.ts'
import type { HookAnswer } from '../hook.ts'
import type { TemplateValues } from '../template.ts'

const hidden = '***'
/** What is shorter stands in too many words by chance. */
const shortest = 6
/** Headers that are no secret of anybody. */
const open = /^(accept|content|user-agent|host$)/i

/** What is handed to somebody who may repeat it in a report. */
export interface Handed {
  readonly headers: Readonly<Record<string, string>>
  /** Where it goes, with what it has of passwords and keys. */
  readonly urls: readonly string[]
  readonly values: TemplateValues
}

/** The secrets that go along with an order, the longest first. */
export function secretsOf({ headers, urls, values }: Handed): readonly string[] {
  const said = Object.entries(headers).flatMap(([name, text]) => (open.test(name) ? [] : [text]))
  const all = [...said.flatMap(wordsOf), ...urls.flatMap(ofUrl), ...secretsIn(values)]
  const spelled = all.flatMap((one) => [
    one,
    encodeURIComponent(one),
    JSON.stringify(one).slice(1, -1),
  ])
  return [...new Set(spelled)]
    .filter(({ length }) => length >= shortest)
    .sort((one, other) => other.length - one.length)
}

/** An answer whose words, those of an API among them, repeat no secret, nor the beginning of one. */
export function unsaid(answer: HookAnswer, secrets: readonly string[]): HookAnswer {
  if (answer.kind === 'accepted') return answer
  const whole = secrets.reduce((text, secret) => text.replaceAll(secret, hidden), answer.reason)
  return { ...answer, reason: secrets.reduce(withoutBeginning, whole) }
}

/** Words of an API are cut off somewhere. */
function withoutBeginning(text: string, secret: string): string {
  for (let length = secret.length - 1; length >= shortest; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + hidden
  }
  return text
}

/** `Bearer abc` is a secret for its second word, `Basic ...` for the password in it, too. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(/\s+/)
  const [scheme = '', credentials = ''] = words
  if (scheme.toLowerCase() !== 'basic') return words.length > 1 ? words.slice(1) : words
  const plain = Buffer.from(credentials, 'base64').toString()
  return [credentials, plain.slice(plain.indexOf(':') + 1)]
}

function ofUrl(text: string): readonly string[] {
  if (!URL.canParse(text)) return []
  const { password, searchParams } = new URL(text)
  return [password, decoded(password), ...searchParams.values()]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
