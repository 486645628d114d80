import { stepsOf } from './frames.ts'
import type { CaseReport, ConformanceReport } from './result.ts'

/** A trace as a file of its own. */
export interface TraceFile {
  readonly name: string
  readonly text: string
}

/** A trace for each case that was played. */
export function traceFiles({ protocol, cases }: ConformanceReport): readonly TraceFile[] {
  return cases
    .filter(({ verdict }) => verdict !== 'skip')
    .map((one) => ({
      name: `${protocol}-${one.id.replace(/[^\w.-]/g, '_')}.ndjson`,
      text: traceNdjson(one),
    }))
}

/**
 * What went over the wires of a case, an object a line, in order; what was read of a frame beside
 * its text, and the checks that it decided. Without secrets.
 */
function traceNdjson({ id, trace, checks }: CaseReport): string {
  return stepsOf(trace)
    .map(({ index, atMs, from, kind, id: messageId, action, code, payload, text }) => {
      const decided = checks
        .filter(({ frame }) => frame === index)
        .map(({ frame: _index, ...check }) => check)
      const read = { messageId, action, code, payload }
      const line = { case: id, index, atMs, from, kind, ...read, text, checks: decided }
      return `${JSON.stringify(line)}\n`
    })
    .join('')
}
