import { Box, Text } from 'ink'
import type { ReactNode } from 'react'
import type { Theme, Tone } from './theme.ts'
import { Toned } from './tone.tsx'
import { wrapWords } from './wrap.ts'

/** Something that happened: when and where it did, and what it was. */
export interface Entry {
  readonly lead: string
  readonly text: string
  readonly tone?: Tone
}

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly entries: readonly Entry[]
  readonly lines: number
  /** Stands before the first line; as many columns are left free before the others. */
  readonly label?: string
}

interface Line extends Entry {
  readonly goesOn: boolean
}

/** How many lines they take. */
export function countLines(entries: readonly Entry[], width: number): number {
  return entries.reduce((sum, entry) => sum + linesOf(entry, width).length, 0)
}

/** The newest entries, at the bottom; long ones go on below themselves. */
export function Entries({ theme, width, entries, lines, label = '' }: Props): ReactNode {
  const all = entries.slice(-lines).map((entry) => linesOf(entry, width - label.length))
  return (
    <Box flexDirection="column" height={lines}>
      {newest(all, lines).map(({ lead, text, tone, goesOn }, i) => (
        <Text key={`${i} ${lead} ${text}`} wrap="truncate-end">
          <Toned theme={theme} tone="quiet">
            {i === 0 ? label : ' '.repeat(label.length)}
            {goesOn ? ' '.repeat(lead.length) : lead}
          </Toned>
          <Toned theme={theme} tone={tone}>
            {text}
          </Toned>
        </Text>
      ))}
    </Box>
  )
}

/** As many lines as there may be; of the entry that does not fit whole, its beginning. */
function newest(entries: readonly (readonly Line[])[], lines: number): readonly Line[] {
  const shown: Line[] = []
  for (const entry of [...entries].reverse()) {
    const left = lines - shown.length
    if (left === 0) break
    const whole = entry.length <= left
    shown.unshift(...(whole ? entry : cut(entry.slice(0, left))))
  }
  return shown
}

function cut(lines: readonly Line[]): readonly Line[] {
  return lines.map((line, i) => (i < lines.length - 1 ? line : { ...line, text: `${line.text} …` }))
}

function linesOf(entry: Entry, width: number): Line[] {
  const room = Math.max(leastRoom, width - entry.lead.length)
  return wrapWords(entry.text, room).map((text, i) => ({ ...entry, text, goesOn: i > 0 }))
}

const leastRoom = 10
