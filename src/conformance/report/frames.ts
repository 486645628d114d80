import type { TraceEntry } from '../play/trace.ts'

/** What a frame is, as far as it can be read. */
type StepKind =
  | 'call'
  | 'result'
  | 'callError'
  | 'callResultError'
  | 'send'
  | 'unreadable'
  | Exclude<TraceEntry['kind'], 'frame'>

/** An entry of a trace with what its text says. */
export interface Step extends Omit<TraceEntry, 'kind'> {
  /** In the trace: checks name it. */
  readonly index: number
  readonly kind: StepKind
  readonly id?: string
  /** Of an answer: that of the CALL before it with the same id. */
  readonly action?: string
  /** Of a CALLERROR and a CALLRESULTERROR. */
  readonly code?: string
  readonly payload?: unknown
}

const kinds: Readonly<
  Record<number, 'call' | 'result' | 'callError' | 'callResultError' | 'send'>
> = { 2: 'call', 3: 'result', 4: 'callError', 5: 'callResultError', 6: 'send' }

/** What a trace shows, entry by entry. Whatever is no frame stays readable: `unreadable`. */
export function stepsOf(trace: readonly TraceEntry[]): readonly Step[] {
  const actions = new Map<string, string>()
  return trace.map((entry, index) => {
    const { kind, ...rest } = entry
    if (kind !== 'frame') return { ...rest, kind, index }
    const read = readFrame(entry.text)
    if (read.action !== undefined && read.id !== undefined) {
      actions.set(`${entry.from} ${read.id}`, read.action)
      return { ...rest, ...read, index }
    }
    // An answer goes the other way; what answers an answer goes the way of the CALL.
    const asker = (read.kind === 'callResultError') === (entry.from === 'csms') ? 'csms' : 'station'
    const action = read.id === undefined ? undefined : actions.get(`${asker} ${read.id}`)
    return { ...rest, ...read, ...(action !== undefined && { action }), index }
  })
}

function readFrame(text: string): Pick<Step, 'kind' | 'id' | 'action' | 'code' | 'payload'> {
  const frame = jsonOf(text)
  if (!Array.isArray(frame)) return { kind: 'unreadable' }
  const [type, id, third, fourth, fifth] = frame as readonly unknown[]
  const kind = typeof type === 'number' ? kinds[type] : undefined
  if (!kind || typeof id !== 'string') return { kind: 'unreadable' }
  switch (kind) {
    case 'call':
    case 'send':
      return typeof third === 'string'
        ? { kind, id, action: third, payload: fourth }
        : { kind: 'unreadable' }
    case 'result':
      return { kind, id, payload: third }
    case 'callError':
    case 'callResultError':
      return { kind, id, code: String(third), payload: { description: fourth, details: fifth } }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
