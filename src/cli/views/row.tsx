import { Text } from 'ink'
import { Fragment, type ReactNode } from 'react'
import type { Theme, Tone } from './theme.ts'
import { Toned } from './tone.tsx'

/** Columns before the values. */
export const labelWidth = 11
/** Columns of the values before a curve. */
const valueWidth = 44
const leastCurve = 12
const widestCurve = 60

/** Below that the label's columns are needed for what is said. */
const leastForLabels = 56

/** The label of a part with whole sentences; empty where there is no room for it. */
export function labelFor(label: string, width: number): string {
  return width < leastForLabels ? '' : label.padEnd(labelWidth)
}

/** A piece of a line. */
export interface Part {
  readonly text: string
  /** Where that does not fit. */
  readonly short?: string
  readonly tone?: Tone
}

/** How wide curves are; 0 where there is no room for them. */
export function curveWidth(width: number): number {
  const room = width - labelWidth - valueWidth
  return room < leastCurve ? 0 : Math.min(widestCurve, room)
}

/** The leading parts that fit, two spaces apart; the first in any case. */
export function fitting(parts: readonly Part[], width: number): readonly Part[] {
  const shown: Part[] = []
  for (const part of parts) {
    const room = width - lengthOf(shown) - (shown.length > 0 ? 2 : 0)
    if (part.text.length <= room || shown.length === 0) shown.push(part)
    else if (part.short !== undefined && part.short.length <= room) {
      shown.push({ ...part, text: part.short })
    } else break
  }
  return shown
}

/** Columns that parts take, with the spaces between them. */
export function lengthOf(parts: readonly Part[]): number {
  return Math.max(
    0,
    parts.reduce((sum, { text }) => sum + text.length + 2, -2),
  )
}

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly label: string
  readonly labelTone?: Tone
  readonly parts: readonly Part[]
  /** Stands at the right; as wide as `curveWidth` says. */
  readonly curve?: Part
}

/** A line of the view: a label, values, and a curve where there is room. */
export function Row({ theme, width, label, labelTone = 'quiet', parts, curve }: Props): ReactNode {
  const shown = fitting(parts, curve ? valueWidth - 2 : width - labelWidth)
  return (
    <Text wrap="truncate-end">
      <Toned theme={theme} tone={labelTone}>
        {label.padEnd(labelWidth)}
      </Toned>
      <Parts theme={theme} parts={shown} />
      {curve && ' '.repeat(Math.max(0, valueWidth - lengthOf(shown)))}
      {curve && (
        <Toned theme={theme} tone={curve.tone}>
          {curve.text}
        </Toned>
      )}
    </Text>
  )
}

/** Parts on one line, two spaces apart. */
export function Parts({
  theme,
  parts,
}: {
  readonly theme: Theme
  readonly parts: readonly Part[]
}): ReactNode {
  return parts.map(({ text, tone }, i) => (
    <Fragment key={`${i} ${text}`}>
      {i > 0 && '  '}
      <Toned theme={theme} tone={tone}>
        {text}
      </Toned>
    </Fragment>
  ))
}
