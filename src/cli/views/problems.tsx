import { Text } from 'ink'
import type { ReactNode } from 'react'
import { showElapsed } from '../../report/figures.ts'
import type { Progress } from '../../report/progress.ts'
import { printable } from './printable.ts'
import { labelWidth } from './row.tsx'
import type { Theme } from './theme.ts'
import { narrow } from './thresholds.tsx'
import { Toned } from './tone.tsx'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly progress: Progress
  readonly lines: number
}

/** What went wrong last: when, at which station, and how. The newest is at the bottom. */
export function Problems({ theme, width, progress, lines }: Props): ReactNode {
  const label = width < narrow ? 0 : labelWidth
  return progress.problems.slice(-lines).map(({ second, station, level, what }, i) => (
    <Text key={`${i} ${second} ${station} ${what}`} wrap="truncate-end">
      <Toned theme={theme} tone="quiet">
        {(i === 0 ? 'problems' : '').slice(0, label).padEnd(label)}
        {`${showElapsed(second)} `}
      </Toned>
      {`${printable(station)}  `}
      <Toned theme={theme} tone={level === 'error' ? 'bad' : 'warn'}>
        {printable(what)}
      </Toned>
    </Text>
  ))
}
