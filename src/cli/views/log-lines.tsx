import type { ReactNode } from 'react'
import { showCount, showElapsed } from '../../report/figures.ts'
import { countLines, Entries, type Entry } from './entries.tsx'
import type { Theme } from './theme.ts'
import { Toned } from './tone.tsx'
import type { LogLine, ViewState } from './view-state.ts'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly state: ViewState
  readonly lines: number
}

/** More would not be read while it passes. */
const most = 80

/** Notes and what `log` steps say, under a line that says so; on a single line only the newest. */
export function Log(props: Props): ReactNode {
  const { theme, width, state, lines } = props
  const { log, forgotten, pausedLog } = state
  const behind = pausedLog ? log.length + forgotten - pausedLog.length : 0
  const title = pausedLog ? `log paused, ${showCount(behind)} new ` : 'log '
  const head = lines > 1 ? 1 : 0
  return (
    <>
      {head > 0 && (
        <Toned theme={theme} tone={pausedLog ? 'warn' : 'quiet'}>
          {title + theme.glyphs.rule.repeat(Math.max(0, width - title.length))}
        </Toned>
      )}
      <Entries {...props} entries={entriesOf(pausedLog ?? log)} lines={lines - head} />
    </>
  )
}

/** With the head. */
export function logHeight({ log }: ViewState, width: number): number {
  return log.length === 0 ? 0 : 1 + countLines(entriesOf(log), width)
}

function entriesOf(log: readonly LogLine[]): readonly Entry[] {
  return log.slice(-most).map(({ second, station, text }) => ({
    lead: `${showElapsed(second)}  `,
    text: station === '' ? text : `${station}  ${text}`,
  }))
}
