import type { Behaviour16 } from './behaviour16.ts'
import { type LogSpan, within } from './diagnostics-log.ts'

/** The security events of this span, a line each [1.6 SWP A04]; undefined: there are none. */
export function securityLog({ station }: Behaviour16, span: LogSpan): string | undefined {
  const events = (station.memory.securityLog ?? []).filter(({ timestamp }) =>
    within(timestamp, span),
  )
  if (events.length === 0) return undefined
  return events
    .map(({ timestamp, type, techInfo }) => `${timestamp} ${type} ${techInfo ?? ''}`.trimEnd())
    .join('\n')
    .concat('\n')
}
