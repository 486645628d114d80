import { Text } from 'ink'
import type { ReactNode } from 'react'
import type { Progress } from '../../report/progress.ts'
import { RunFacts, Title } from './header.tsx'
import {
  ConnectLine,
  CsmsLine,
  ErrorsLine,
  GeneratorLine,
  GeneratorReasons,
  reasonLines,
} from './health.tsx'
import { HelpLine, HelpPage, helpLines } from './help.tsx'
import { Log, logHeight } from './log-lines.tsx'
import { hasTrail, PhaseLine, WindowTrail } from './phase.tsx'
import { Problems, problemLines } from './problems.tsx'
import { StationsLine } from './stations.tsx'
import type { Theme } from './theme.ts'
import { Thresholds } from './thresholds.tsx'
import { CurveCaption, ExchangesLine, MessagesLine, ResponseLine, ServiceLine } from './traffic.tsx'
import type { ViewState } from './view-state.ts'

/** What every section is drawn from. */
interface SectionProps {
  readonly theme: Theme
  readonly width: number
  readonly state: ViewState
  readonly progress: Progress
  /** Lines that it may take. */
  readonly lines: number
}

/** A part of the view; its place in the list is its place on the screen. */
export interface Section {
  /** What a small screen keeps longest has the lowest. */
  readonly rank: number
  /** Where it is shown: in the figures, on the help page, on both. */
  readonly on: 'figures' | 'help' | 'both'
  /** Lines wanted; one that is there at all where it is left out. */
  readonly lines?: (progress: Progress, width: number, state: ViewState) => number
  /** Lines that come before whatever ranks lower; 1 where it is left out. */
  readonly least?: number
  readonly draw: (props: SectionProps) => ReactNode
}

const gap = (rank: number, lines?: Section['lines']): Section => ({
  rank,
  on: 'figures',
  draw: () => <Text> </Text>,
  ...(lines && { lines }),
})

/** Above the free space. */
export const sections: readonly Section[] = [
  { rank: 1, on: 'both', draw: Title },
  { rank: 16, on: 'both', draw: RunFacts },
  { ...gap(20), on: 'both' },
  { rank: 2, on: 'help', draw: HelpPage, lines: () => helpLines, least: helpLines },
  { rank: 2, on: 'figures', draw: PhaseLine },
  { rank: 18, on: 'figures', draw: WindowTrail, lines: (progress) => one(hasTrail(progress)) },
  gap(23),
  { rank: 6, on: 'figures', draw: StationsLine },
  { rank: 19, on: 'figures', draw: CurveCaption },
  { rank: 3, on: 'figures', draw: ExchangesLine },
  { rank: 13, on: 'figures', draw: MessagesLine },
  { rank: 4, on: 'figures', draw: ResponseLine },
  { rank: 14, on: 'figures', draw: ServiceLine },
  gap(22),
  { rank: 5, on: 'figures', draw: ErrorsLine },
  {
    rank: 11,
    on: 'figures',
    draw: ConnectLine,
    lines: ({ connectFailures }) => one(Object.keys(connectFailures).length > 0),
  },
  { rank: 8, on: 'figures', draw: GeneratorLine },
  {
    rank: 12,
    on: 'figures',
    draw: GeneratorReasons,
    lines: (progress, width) => reasonLines(progress, width).length,
    least: 2,
  },
  {
    rank: 17,
    on: 'figures',
    draw: CsmsLine,
    lines: ({ targetCpuShare }) => one(targetCpuShare !== null),
  },
  gap(21, ({ thresholds }) => one(thresholds.length > 0)),
  {
    rank: 9,
    on: 'figures',
    draw: Thresholds,
    lines: ({ thresholds }) => thresholds.length,
    least: 3,
  },
  gap(25, ({ problems }) => one(problems.length > 0)),
  {
    rank: 10,
    on: 'figures',
    draw: Problems,
    lines: problemLines,
    least: 3,
  },
  gap(24, (_progress, _width, { log }) => one(log.length > 0)),
  {
    rank: 15,
    on: 'figures',
    draw: Log,
    lines: (_progress, width, state) => logHeight(state, width),
    least: 3,
  },
]

/** On the last line of the screen. */
export const footer: Section = { rank: 7, on: 'both', draw: HelpLine }

function one(is: boolean): number {
  return is ? 1 : 0
}
