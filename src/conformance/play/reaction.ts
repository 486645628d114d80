import { readErrorCode, wireErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { RawMove, Reaction } from '../cases/case.ts'
import { clauseFor } from '../cases/clauses.ts'
import type { Echo } from './arrivals.ts'
import type { Probe } from './probe.ts'
import type { Scene } from './scene.ts'

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
 * Collects the answers to what `send` sends: those that name one of `ids` or `"-1"`, and the end of the
 * connection. `count` of them, or what came in time.
 */
export async function reactionsTo(
  probe: Probe,
  send: () => void,
  { ids, count, withinMs }: Expected,
): Promise<readonly Seen[]> {
  const seen: Seen[] = []
  const last = probe.arrivals.echo((echo) => {
    if (echo.kind === 'text' && !isAnswerTo(echo.text, ids)) return false
    seen.push(read(echo))
    return seen.length === count || echo.kind === 'close'
  }, withinMs)
  for (const id of ids) probe.expect(id)
  send()
  await last
  return seen
}

/** As `reactionsTo`, for the first of them. */
export async function reactionTo(
  probe: Probe,
  send: () => void,
  { ids, withinMs }: Pick<Expected, 'ids' | 'withinMs'>,
): Promise<Seen> {
  const [seen] = await reactionsTo(probe, send, { ids, count: 1, withinMs })
  return seen ?? { reaction: 'silence', frame: undefined }
}

/** Judges what came by the sets of a move; a code in the spelling of another version is odd. */
export function checkReaction(
  scene: Scene,
  { name, pass, warn, clause }: Pick<RawMove, 'name' | 'pass' | 'warn' | 'clause'>,
  { reaction, frame, wireCode }: Seen,
): void {
  const named = (reactions: readonly Reaction[]) => reactions.some((one) => fits(one, reaction))
  const came = `the CSMS: ${reactionsInWords([reaction])}`
  const legal = named(pass) || named(warn)
  const fine = `${came}; fine: ${reactionsInWords([...pass, ...warn])}`
  scene.check(name, legal, { detail: fine, clause, frame })
  if (legal && !named(pass)) {
    const detail = `${came}; recommended: ${reactionsInWords(pass)}`
    scene.check(`${name} as recommended`, false, { detail, clause, frame, level: 'SHOULD' })
  }
  const code = wireCode === undefined ? undefined : readErrorCode(wireCode)
  if (code === undefined || wireErrorCode(scene.stage.version, code) === wireCode) return
  scene.check(`${name}: spelling of the error code`, false, {
    detail: `"${wireCode}" is the spelling of another version`,
    clause: clauseFor(scene.stage.version, '1.6J 4.2.3, 2.0.1 Part 4 4.3'),
    frame,
    level: 'SHOULD',
  })
}

const coded = 'callError:'

/** `CALLERROR FormatViolation or any other, or result`. */
export function reactionsInWords(reactions: readonly string[]): string {
  const codes = reactions.flatMap((one) => (one.startsWith(coded) ? [one.slice(coded.length)] : []))
  const others = codes.length === 0 ? 'with any code' : 'any other'
  const errors = [...codes, ...(reactions.includes('callError') ? [others] : [])].join(' or ')
  const rest = reactions.filter((one) => one !== 'callError' && !one.startsWith(coded))
  return [...(errors === '' ? [] : [`CALLERROR ${errors}`]), ...rest].join(', or ')
}

/** `callError` takes every code that the specification lists. */
function fits(wanted: Reaction, seen: string): boolean {
  return wanted === seen || (wanted === 'callError' && /^callError:\w+$/.test(seen))
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
