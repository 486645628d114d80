import type { ReactNode } from 'react'
import { showElapsed } from '../../report/figures.ts'
import type { Progress } from '../../report/progress.ts'
import { countLines, Entries, type Entry } from './entries.tsx'
import { printable } from './printable.ts'
import { labelFor } from './row.tsx'
import type { Theme } from './theme.ts'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly progress: Progress
  readonly lines: number
}

const most = 5

/** What went wrong last: when, at which station, and how. The newest is at the bottom. */
export function Problems(props: Props): ReactNode {
  const { progress, width } = props
  return <Entries {...props} entries={entriesOf(progress)} label={labelFor('problems', width)} />
}

/** How many lines the problems take at this width. */
export function problemLines(progress: Progress, width: number): number {
  return countLines(entriesOf(progress), width - labelFor('problems', width).length)
}

function entriesOf({ problems }: Progress): readonly Entry[] {
  return problems.slice(-most).map(({ second, station, level, what }) => ({
    lead: `${showElapsed(second)}  `,
    text: `${printable(station)}  ${printable(what)}`,
    tone: level === 'error' ? 'bad' : 'warn',
  }))
}
