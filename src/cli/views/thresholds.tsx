import { Text } from 'ink'
import type { ReactNode } from 'react'
import { showActual } from '../../report/figures.ts'
import type { Progress, ThresholdProgress } from '../../report/progress.ts'
import { labelFor } from './row.tsx'
import type { Glyphs, Theme, Tone } from './theme.ts'
import { Toned } from './tone.tsx'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly progress: Progress
  readonly lines: number
}

/** Thresholds with what is measured now; the failing first, then as in the file. */
export function Thresholds({ theme, width, progress, lines }: Props): ReactNode {
  const sorted = [...progress.thresholds].sort((a, b) => rankOf(a) - rankOf(b))
  const shown = sorted.length > lines ? sorted.slice(0, Math.max(1, lines - 1)) : sorted
  const more = sorted.length - shown.length
  const expression = widest(shown.map((threshold) => threshold.expression))
  const now = widest(shown.map(nowText))
  const label = labelFor('thresholds', width)
  const indent = ' '.repeat(label.length)
  return (
    <>
      {shown.map((threshold, i) => (
        <Text key={`${threshold.metric} ${threshold.expression}`} wrap="truncate-end">
          <Toned theme={theme} tone="quiet">
            {i === 0 ? label : indent}
          </Toned>
          <Toned theme={theme} tone={toneOf(threshold)}>
            {`${markOf(threshold, theme.glyphs)} ${threshold.expression.padEnd(expression)}  `}
            {`${nowText(threshold).padEnd(now)}  `}
          </Toned>
          {threshold.metric}
        </Text>
      ))}
      {more > 0 && lines > 1 && (
        <Toned theme={theme} tone="quiet">{`${indent}  and ${more} more`}</Toned>
      )}
    </>
  )
}

function nowText({ actual, unit }: ThresholdProgress): string {
  return actual === null ? 'no samples yet' : `now ${showActual(actual, unit)}`
}

function isFailing({ actual, pass }: ThresholdProgress): boolean {
  return actual !== null && !pass
}

function rankOf(threshold: ThresholdProgress): number {
  return isFailing(threshold) ? 0 : 1
}

function toneOf(threshold: ThresholdProgress): Tone {
  if (isFailing(threshold)) return 'bad'
  return threshold.actual === null ? 'quiet' : 'good'
}

function markOf(threshold: ThresholdProgress, { yes, no }: Glyphs): string {
  if (isFailing(threshold)) return no
  return threshold.actual === null ? ' ' : yes
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length))
}
