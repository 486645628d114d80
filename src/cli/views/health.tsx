import { Text } from 'ink'
import type { ReactNode } from 'react'
import { showCount, showMs, showShare } from '../../report/figures.ts'
import type { GeneratorProgress, Progress } from '../../report/progress.ts'
import { labelWidth, type Part, Row } from './row.tsx'
import type { Theme, Tone } from './theme.ts'
import { Toned } from './tone.tsx'
import { wrapWords } from './wrap.ts'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly progress: Progress
}

/** What the target did wrong, counted. */
export function ErrorsLine({ theme, width, progress }: Props): ReactNode {
  const { errors, errorKinds, violations, dropped } = progress
  const kinds = Object.entries(errorKinds).map(([kind, times]) => `${showCount(times)} ${kind}`)
  const broken = `${showCount(violations)} ${violations === 1 ? 'violation' : 'violations'}`
  const parts: readonly Part[] =
    errors + violations + dropped === 0
      ? [{ text: 'none', tone: 'good' }]
      : [
          { text: showCount(errors), tone: errors > 0 ? 'bad' : 'good' },
          ...(violations > 0 ? [{ text: broken, tone: 'bad' as const }] : []),
          ...(dropped > 0
            ? [{ text: `${showCount(dropped)} dropped`, tone: 'warn' as const }]
            : []),
          ...kinds.map((text) => ({ text })),
        ]
  return <Row theme={theme} width={width} label="errors" parts={parts} />
}

/** Attempts to connect that failed, by kind. */
export function ConnectLine({ theme, width, progress }: Props): ReactNode {
  const kinds = Object.entries(progress.connectFailures).sort(([, a], [, b]) => b - a)
  const parts = kinds.map(([kind, times]) => ({
    text: `${showCount(times)} × ${kind}`,
    tone: 'warn' as const,
  }))
  return <Row theme={theme} width={width} label="no connect" parts={parts} />
}

const states: Readonly<Record<GeneratorProgress['state'], { text: string; tone: Tone }>> = {
  healthy: { text: 'healthy', tone: 'good' },
  strained: { text: 'strained', tone: 'warn' },
  limit: { text: 'AT ITS LIMIT', tone: 'bad' },
}

/** How this machine fares: when it is the limit, it is not the target that is measured. */
export function GeneratorLine({ theme, width, progress }: Props): ReactNode {
  const { lagP99Ms, lagLimitMs, cpuShare, loopShare, state } = progress.generator
  const parts: readonly Part[] = [
    states[state],
    ...(lagP99Ms === null
      ? []
      : [{ text: `lag p99 ${showMs(lagP99Ms)} (limit ${showCount(lagLimitMs)})` }]),
    ...(cpuShare === null ? [] : [{ text: `CPU ${showShare(cpuShare)}` }]),
    ...(loopShare === null ? [] : [{ text: `event loop ${showShare(loopShare)}` }]),
  ]
  return <Row theme={theme} width={width} label="generator" parts={parts} />
}

interface ReasonsProps extends Props {
  readonly lines: number
}

/** Why the generator is not healthy. */
export function GeneratorReasons(props: ReasonsProps): ReactNode {
  const { state } = props.progress.generator
  return (
    <>
      {reasonLines(props.progress, props.width)
        .slice(0, props.lines)
        .map((line, i) => (
          <Text key={`${i} ${line}`} wrap="truncate-end">
            {' '.repeat(labelWidth)}
            <Toned theme={props.theme} tone={states[state].tone}>
              {line}
            </Toned>
          </Text>
        ))}
    </>
  )
}

/** What the generator was limited by, in as many lines as it takes. */
export function reasonLines({ generator }: Progress, width: number): readonly string[] {
  return generator.reasons.flatMap((reason) => wrapWords(reason, width - labelWidth))
}

/** Of the embedded CSMS: from one core on, it waits for itself. */
export function CsmsLine({ theme, width, progress }: Props): ReactNode {
  const share = progress.targetCpuShare
  const text = `CPU ${showShare(share)} of a core`
  const parts: readonly Part[] = [{ text, ...((share ?? 0) > 0.9 && { tone: 'warn' as const }) }]
  return <Row theme={theme} width={width} label="CSMS" parts={parts} />
}
