import { Text } from 'ink'
import type { ReactNode } from 'react'
import { showCount, showElapsed } from '../../report/figures.ts'
import type { Theme } from './theme.ts'
import { Toned } from './tone.tsx'
import type { ViewState } from './view-state.ts'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly state: ViewState
  readonly lines: number
}

/** Notes and what `log` steps say, under a line that says so; of a single line only the newest. */
export function Log({ theme, width, state, lines }: Props): ReactNode {
  const { log, forgotten, pausedLog } = state
  const shown = (pausedLog ?? log).slice(-Math.max(1, lines - 1))
  const behind = pausedLog ? log.length + forgotten - pausedLog.length : 0
  const paused = pausedLog ? ` paused, ${showCount(behind)} new` : ''
  const title = `log${paused} `
  return (
    <>
      {lines > 1 && (
        <Toned theme={theme} tone={pausedLog ? 'warn' : 'quiet'}>
          {title + theme.glyphs.rule.repeat(Math.max(0, width - title.length))}
        </Toned>
      )}
      {shown.map(({ second, station, text }, i) => (
        <Text key={`${i} ${second} ${station} ${text}`} wrap="truncate-end">
          <Toned theme={theme} tone="quiet">{`${showElapsed(second)} `}</Toned>
          {station !== '' && `${station}  `}
          {text}
        </Text>
      ))}
    </>
  )
}
