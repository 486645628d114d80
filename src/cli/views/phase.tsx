import { Text } from 'ink'
import { Fragment, type ReactNode } from 'react'
import { showCount, showShare } from '../../report/figures.ts'
import { phaseName } from '../../report/line.ts'
import type { Progress, WindowProgress } from '../../report/progress.ts'
import { doneCells } from './bar.ts'
import { fitting, labelWidth, lengthOf, type Part, Parts } from './row.tsx'
import type { Theme } from './theme.ts'
import { Toned } from './tone.tsx'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly progress: Progress
}

const leastBar = 8
const widestBar = 60

/** The phase that runs, how much of it is done, and how long it still takes. */
export function PhaseLine({ theme, width, progress }: Props): ReactNode {
  const { done } = progress
  const room = width - labelWidth
  const all = wayParts(progress)
  const beside = Math.max(leastBar, room - lengthOf(all) - 2)
  const longest = done === null ? 0 : Math.min(widestBar, Math.floor(room / 2))
  const bar = Math.max(0, Math.min(longest, beside))
  const cells = done === null ? 0 : doneCells(done, bar)
  const parts = fitting(all, room - bar - 2)
  return (
    <Text wrap="truncate-end">
      <Toned theme={theme} tone="loud">
        {phaseName(progress).padEnd(labelWidth)}
      </Toned>
      <Toned theme={theme} tone="good">
        {theme.glyphs.done.repeat(cells)}
      </Toned>
      <Toned theme={theme} tone="quiet">
        {theme.glyphs.ahead.repeat(bar - cells)}
      </Toned>
      {bar > 0 && '  '}
      <Parts theme={theme} parts={parts} />
    </Text>
  )
}

function wayParts({ phase, windows, done, left, scripts }: Progress): Part[] {
  const now = windows.find((window) => window.phase === phase)
  const ended = scripts.completed + scripts.failed
  const how = left && left.how !== 'exactly' ? `${left.how} ` : ''
  return [
    ...(done === null ? [] : [{ text: showShare(done) }]),
    ...(done === null && now ? [{ text: `${showSpan(Math.round(now.seconds))} so far` }] : []),
    ...(left ? [{ text: `${how}${showSpan(left.seconds)} left` }] : []),
    ...(scripts.failed === 0
      ? []
      : [{ text: `${showCount(scripts.failed)} failed`, tone: 'bad' as const }]),
    ...(scripts.planned === null
      ? []
      : [{ text: `${showCount(ended)} of ${showCount(scripts.planned)} scripts done` }]),
  ]
}

/** The windows of the run: behind, now, ahead. Nothing where there is only one. */
export function WindowTrail({ theme, width, progress }: Props): ReactNode {
  const { phase, windows, searching } = progress
  const at = windows.findIndex((window) => window.phase === phase)
  const texts = windows.map((window, i) => ({
    mark: i < at ? theme.glyphs.yes : i === at ? theme.glyphs.now : ' ',
    text: windowText(window, i > at, searching && i === at),
    tone: i === at ? undefined : ('quiet' as const),
  }))
  const fits = fitting(
    texts.map(({ mark, text }) => ({ text: `${mark} ${text}` })),
    width - labelWidth,
  )
  return (
    <Text wrap="truncate-end">
      {' '.repeat(labelWidth)}
      {texts.slice(0, fits.length).map(({ mark, text, tone }, i) => (
        <Fragment key={text}>
          {i > 0 && '  '}
          <Toned theme={theme} tone={tone}>{`${mark} ${text}`}</Toned>
        </Fragment>
      ))}
    </Text>
  )
}

/** Whether there is a way through windows to show. */
export function hasTrail({ phase, windows }: Progress): boolean {
  return phase !== 'run' && windows.length > 1
}

function windowText(
  { phase, seconds, plannedSeconds }: WindowProgress,
  ahead: boolean,
  searching: boolean,
): string {
  const name = phaseName({ phase, searching })
  // Rounded, as the summary will tell it: what is left is rounded up, what has passed is not.
  if (!ahead) return `${name} ${showSpan(Math.round(seconds))}`
  const most = phase === 'drain' ? 'at most ' : ''
  return plannedSeconds === null ? name : `${name} ${most}${showSpan(plannedSeconds)}`
}

/** `12 s`, `1 min 30 s`, `2 h 5 min`: whole seconds, for what changes every second. */
export function showSpan(seconds: number): string {
  const whole = Math.ceil(seconds - 1e-6)
  if (whole < 60) return `${whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`
  return minutes % 60 === 0
    ? `${minutes / 60} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
