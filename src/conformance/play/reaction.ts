import { readErrorCode, wireErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Reaction } from '../cases/case.ts'
import type { Echo } from './arrivals.ts'
import type { Probe } from './probe.ts'

/** What came of texts that a case made up. */
export interface Seen {
  /** `result`, `callError:FormatViolation`, `silence`, `close` ...; what no case names ends in `?`. */
  readonly reaction: string
  readonly frame: number | undefined
  /** The error code as it stands in the frame. */
  readonly wireCode?: string
  /** The payload of a CALLRESULT. */
  readonly payload?: unknown
}

interface Expected {
  readonly ids: readonly string[]
  readonly count: number
  /** Real milliseconds. */
  readonly withinMs: number
}

/**
 * Sends texts one right after the other, and collects the answers that name one of `ids` or `"-1"`,
 * the end of the connection among them: `count` of them, or what came before it was silent.
 */
export async function reactionsTo(
  probe: Probe,
  texts: readonly string[],
  { ids, count, withinMs }: Expected,
): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  const last = probe.arrivals.echo((echo) => {
    if (echo.kind === 'text' && !isAnswerTo(echo.text, ids)) return false
    seen.push(read(echo))
    return seen.length === count || echo.kind === 'close'
  }, withinMs)
  for (const id of ids) probe.expect(id)
  for (const text of texts) probe.raw(text)
  await last
  return seen
}

/** As `reactionsTo`, for one text. */
export async function reactionTo(
  probe: Probe,
  text: string,
  { ids, withinMs }: Pick<Expected, 'ids' | 'withinMs'>,
): Promise<Seen> {
  const [seen] = await reactionsTo(probe, [text], { ids, count: 1, withinMs })
  return seen ?? { reaction: 'silence', frame: undefined }
}

/** `callError` takes every code that the specification lists. */
export function fits(wanted: Reaction, seen: string): boolean {
  return wanted === seen || (wanted === 'callError' && /^callError:\w+$/.test(seen))
}

/** Whether the code of a CALLERROR is spelled as its version spells it. */
export function spelledRight(version: OcppVersion, { wireCode }: Seen): boolean {
  const code = wireCode === undefined ? undefined : readErrorCode(wireCode)
  return code === undefined || wireErrorCode(version, code) === wireCode
}

/** An answer to a message that the case made up, or to one whose id could not be read. */
function isAnswerTo(text: string, ids: readonly string[]): boolean {
  try {
    const frame: unknown = JSON.parse(text)
    return (
      Array.isArray(frame) &&
      [3, 4, 5].includes(Number(frame[0])) &&
      [...ids, '-1'].includes(String(frame[1]))
    )
  } catch {
    return true
  }
}

function read(echo: Echo): Seen {
  if (echo.kind === 'close') return { reaction: 'close', frame: undefined }
  const { text, frame } = echo
  try {
    const [type, , third] = JSON.parse(text) as readonly unknown[]
    if (type === 3) return { reaction: 'result', frame, payload: third }
    if (type === 5) return { reaction: 'callResultError', frame }
    const wireCode = String(third)
    const known = readErrorCode(wireCode)
    return { reaction: `callError:${known ?? `${wireCode}?`}`, frame, wireCode }
  } catch {
    return { reaction: 'an unreadable text', frame }
  }
}
