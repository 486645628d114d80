import type { Report, ThresholdReport } from './result.ts'

/** A threshold as people read it; its window where that is not the one the figures cover. */
export function thresholdName(
  { metric, expression, during }: ThresholdReport,
  { window }: Report,
): string {
  const said = during === window.headline || metric.includes('phase:')
  return `${metric} ${expression}${said ? '' : ` during ${during}`}`
}
