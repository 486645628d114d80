import { Text } from 'ink'
import type { ReactNode } from 'react'
import { showCount, showMs, showRate } from '../../report/figures.ts'
import type { Progress } from '../../report/progress.ts'
import { curveWidth, labelWidth, lengthOf, type Part, Row } from './row.tsx'
import { sparkline } from './sparkline.ts'
import type { Theme } from './theme.ts'
import { Toned } from './tone.tsx'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly progress: Progress
}

/** Of what is offered, to count as achieved. */
const enough = 0.99
/** Seconds that are looked at for it: one alone may fall on an edge. */
const looked = 10

/** Exchanges: what comes out, and in the open model what falls due. */
export function ExchangesLine({ theme, width, progress }: Props): ReactNode {
  const { model, offeredPerSecond, exchangesPerSecond, backlog, history } = progress
  const tone = model !== 'closed' && isBehind(progress) ? 'warn' : 'good'
  const scale = Math.max(0, ...history.offered, ...history.achieved)
  const curve = curveWidth(width)
  const offered = showRate(offeredPerSecond)
  const parts: readonly Part[] = [
    { text: showRate(exchangesPerSecond), tone: tone === 'warn' ? 'warn' : 'loud' },
    ...(model === 'closed' ? [] : [{ text: `of ${offered} offered`, short: `of ${offered}` }]),
    ...(backlog > 0 ? [{ text: `backlog ${showCount(backlog)}` }] : []),
  ]
  return (
    <Row
      theme={theme}
      width={width}
      label="exchanges"
      parts={parts}
      {...(curve > 0 && {
        curve: { text: sparkline(history.achieved, curve, theme.glyphs.spark, scale), tone },
      })}
    />
  )
}

function isBehind({ history }: Progress): boolean {
  const sum = (values: readonly number[]): number =>
    values.slice(-looked).reduce((total, value) => total + value, 0)
  return sum(history.achieved) < enough * sum(history.offered)
}

export function MessagesLine({ theme, width, progress }: Props): ReactNode {
  const parts = [{ text: showRate(progress.messagesPerSecond) }]
  return <Row theme={theme} width={width} label="messages" parts={parts} />
}

/** Response times of the last 10 s; the curve is their p99, second by second. */
export function ResponseLine({ theme, width, progress }: Props): ReactNode {
  const { recent, history } = progress
  const { p50Ms, p95Ms, p99Ms } = recent
  const curve = curveWidth(width)
  const times = [
    ['p50', p50Ms],
    ['p95', p95Ms],
    ['p99', p99Ms],
  ] as const
  const parts = timeParts(times, width)
  return (
    <Row
      theme={theme}
      width={width}
      label="response"
      parts={parts}
      {...(curve > 0 && {
        curve: {
          text: sparkline(history.responseP99Ms, curve, theme.glyphs.spark),
          tone: 'quiet',
        },
      })}
    />
  )
}

export function ServiceLine({ theme, width, progress }: Props): ReactNode {
  const parts = timeParts([['p95', progress.recent.serviceP95Ms]], width)
  return <Row theme={theme} width={width} label="service" parts={parts} />
}

/** Where not all fit, the last named stays. */
function timeParts(
  times: readonly (readonly [string, number | null])[],
  width: number,
): readonly Part[] {
  const known = times.filter(([, ms]) => ms !== null)
  if (known.length === 0) return [{ text: 'too few answers in the last 10 s', tone: 'quiet' }]
  const parts = known.map(([name, ms]) => ({ text: `${name} ${showMs(ms)}` }))
  const backwards = [...parts].reverse()
  return lengthOf(parts) <= width - labelWidth ? parts : backwards
}

/** Says what the curves below it are. */
export function CurveCaption({ theme, width, progress }: Props): ReactNode {
  const curve = curveWidth(width)
  const seconds = Math.min(curve, progress.history.achieved.length)
  if (seconds === 0) return <Text> </Text>
  const long = `exchanges/s and response p99, last ${seconds} s`
  const text = long.length <= curve ? long : `last ${seconds} s`
  const indent = ' '.repeat(Math.max(0, Math.min(width, labelWidth + 44 + curve) - text.length))
  return (
    <Toned theme={theme} tone="quiet">
      {indent + text}
    </Toned>
  )
}
