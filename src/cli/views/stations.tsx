import { Text } from 'ink'
import type { ReactNode } from 'react'
import { showCount } from '../../report/figures.ts'
import type { Progress } from '../../report/progress.ts'
import { type Segment, segmentCells } from './bar.ts'
import { fitting, labelWidth, type Part, Parts } from './row.tsx'
import type { Theme } from './theme.ts'
import { Toned } from './tone.tsx'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly progress: Progress
}

const leastBar = 12
const widestBar = 42
/** Of the room beside the label. */
const shareOfBar = 0.35

/** Where the stations stand: a bar, and the numbers that are not 0. */
export function StationsLine({ theme, width, progress }: Props): ReactNode {
  const room = width - labelWidth
  const wide = Math.min(widestBar, Math.floor(room * shareOfBar))
  const bar = wide < leastBar ? 0 : wide
  const segments = segmentsOf(progress, theme)
  const counts = segments.map(({ count }) => count)
  const cells = segmentCells(counts, bar)
  const parts = fitting(countParts(progress), room - (bar > 0 ? bar + 2 : 0))
  return (
    <Text wrap="truncate-end">
      <Toned theme={theme} tone="quiet">
        {'stations'.padEnd(labelWidth)}
      </Toned>
      {segments.map(({ glyph, tone }, i) => (
        <Toned key={`${i} ${glyph}`} theme={theme} tone={tone}>
          {glyph.repeat(cells[i] ?? 0)}
        </Toned>
      ))}
      {bar > 0 && '  '}
      <Parts theme={theme} parts={parts} />
    </Text>
  )
}

function segmentsOf({ stations }: Progress, { glyphs }: Theme): Segment[] {
  const { accepted, connected, connecting, offline, waiting, lost } = stations
  return [
    { glyph: glyphs.accepted, count: accepted, tone: 'good' },
    { glyph: glyphs.connected, count: connected, tone: 'warn' },
    { glyph: glyphs.connecting, count: connecting, tone: 'warn' },
    { glyph: glyphs.offline, count: offline, tone: 'warn' },
    { glyph: glyphs.offline, count: lost, tone: 'bad' },
    { glyph: glyphs.waiting, count: waiting, tone: 'quiet' },
  ]
}

function countParts({ stations, requested }: Progress): Part[] {
  const { accepted, connected, connecting, offline, waiting, lost } = stations
  const others: readonly (Part & { readonly count: number })[] = [
    { count: lost, text: 'lost', tone: 'bad' },
    { count: offline, text: 'offline', tone: 'warn' },
    { count: connecting, text: 'connecting', tone: 'warn' },
    { count: connected, text: 'booting', tone: 'warn' },
    { count: waiting, text: 'waiting', tone: 'quiet' },
  ]
  return [
    { text: `${showCount(accepted)} of ${showCount(requested)} accepted` },
    ...others
      .filter(({ count }) => count > 0)
      .map(({ count, text, tone }) => ({
        text: `${showCount(count)} ${text}`,
        ...(tone && { tone }),
      })),
  ]
}
