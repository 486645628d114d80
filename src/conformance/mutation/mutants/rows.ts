import type { CsmsSettings } from '../../../csms/options.ts'
import type { OcppVersion } from '../../../ocpp/version.ts'
import type { Deed, Edit, Fault, FrameFault, Mutant, Side, UpgradeFault } from '../mutant.ts'

/**
 * `[what the CSMS does wrong, clause, fault]`; SHOULD where a warning is enough; then why no case may
 * notice.
 */
type Row = readonly [
  title: string,
  clause: string,
  fault: Fault,
  level?: Mutant['level'],
  unseen?: string,
]

/** Rows of one version, by the name that they have within it. */
export function mutantsOf(
  version: OcppVersion,
  rows: Readonly<Record<string, Row>>,
): readonly Mutant[] {
  const prefix = version.replace('ocpp', '').replaceAll('.', '')
  return Object.entries(rows).map(([name, [title, clause, fault, level = 'MUST', unseen]]) => ({
    id: `${prefix}-${name}`,
    title,
    clause,
    fault,
    level,
    version,
    ...(unseen !== undefined && { unseen }),
  }))
}

/** Which frames, beside those of an action. */
type Only = Pick<FrameFault, 'when' | 'after'>

/** A value in place of the true one; paths begin at the payload: `$.idTagInfo.status`. */
export const set = (path: string, to: unknown): Edit => ({ path, to })
export const drop = (path: string): Edit => ({ path, drop: true })
export const plus = (path: string, by: number): Edit => ({ path, plus: by })
/** @param by seconds */
export const away = (path: string, by: number): Edit => ({ path, away: by })
/** As in the first frame, for ever. */
export const stuck = (path: string): Edit => ({ path, stuck: true })
export const retyped = (path: string): Edit => ({ path, retyped: true })

/** The CSMS answers wrong. */
export function answers(action: string, edits: readonly Edit[], only: Only = {}): FrameFault {
  return edit('result', action, edits, only)
}

/** The CSMS sends something else than it should. */
export function sends(action: string, edits: readonly Edit[], only: Only = {}): FrameFault {
  return edit('call', action, edits, only)
}

/** The CSMS hears something else than the station said. */
export function hears(action: string, edits: readonly Edit[], only: Only = {}): FrameFault {
  return edit('heard', action, edits, only)
}

/** The CSMS does not send what its operator wants. */
export function omits(action: string, only: Only = {}): FrameFault {
  return does('call', { do: 'swallow' }, { action, ...only })
}

/** The CSMS answers what suits nobody, and hears nothing. */
export function pretends(action: string, payload: object, only: Only = {}): FrameFault {
  return does('heard', { do: 'pretend', payload }, { action, ...only })
}

/** The CSMS does something else with frames of this side. */
export function does(
  side: Side,
  deed: Deed,
  only: Only & Pick<FrameFault, 'action'> = {},
): FrameFault {
  return { in: 'frames', side, deed, ...only }
}

/** Any part of frames, not only their payload: `$[1]` is the message id. */
export function frames(side: Side, edits: readonly Edit[], only: Only = {}): FrameFault {
  return does(side, { do: 'edit', edits }, only)
}

export function upgrade(wrong: UpgradeFault['wrong']): UpgradeFault {
  return { in: 'upgrade', wrong }
}

/** @param near ids of the cases that could see it */
export function setUp(near: readonly string[], options: CsmsSettings): Fault {
  return { in: 'setup', near, options }
}

function edit(side: Side, action: string, edits: readonly Edit[], only: Only): FrameFault {
  const payload = side === 'call' || side === 'heard' ? '$[3]' : '$[2]'
  const placed = edits.map((one) => ({ ...one, path: one.path.replace('$', () => payload) }))
  return does(side, { do: 'edit', edits: placed }, { action, ...only })
}
