import { Text } from 'ink'
import type { ReactNode } from 'react'
import { fitting, Parts } from './row.tsx'
import type { Theme } from './theme.ts'
import { Toned } from './tone.tsx'
import type { ViewState } from './view-state.ts'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly state: ViewState
}

/** What can be pressed. */
export function HelpLine({ theme, width, state }: Props): ReactNode {
  const { stage, keys, pausedLog, help } = state
  const texts =
    stage === 'stopping'
      ? ['stopping: draining and writing the report', 'Ctrl-C leaves at once']
      : keys
        ? [
            'q stop',
            pausedLog ? 'p go on with the log' : 'p pause the log',
            `? ${help ? 'close' : 'help'}`,
          ]
        : ['Ctrl-C stops']
  const parts = texts.map((text) => ({ text, tone: 'quiet' as const }))
  return (
    <Text wrap="truncate-end">
      <Parts theme={theme} parts={fitting(parts, width)} />
    </Text>
  )
}

const explained = [
  ['q, Ctrl-C', 'stop: nothing new, then the report'],
  ['Ctrl-C again', 'leave at once, without a report'],
  ['p, space', 'hold the log still, or let it go on'],
  ['?', 'this help'],
  ['', ''],
  ['exchanges', 'CALLs with their answers, two messages each'],
  ['offered', 'CALLs that fell due by the scenario'],
  ['backlog', 'CALLs that are due and not answered'],
  ['response', 'CALL due to answer, over the last 10 s'],
  ['service', 'CALL sent to answer, over the last 10 s'],
  ['booting', 'connected, boot not accepted yet'],
  ['lag', 'how late this machine sends what is due;'],
  ['', 'beyond its limit the run is INVALID'],
  ['CPU', 'of a core, busiest worker'],
] as const

const nameWidth = 14

/** What can be pressed, and what the words mean. */
export function HelpPage({
  theme,
  lines,
}: {
  readonly theme: Theme
  readonly lines: number
}): ReactNode {
  return explained.slice(0, lines).map(([name, text]) => (
    <Text key={text} wrap="truncate-end">
      <Toned theme={theme} tone="loud">
        {name.padEnd(nameWidth)}
      </Toned>
      {text}
    </Text>
  ))
}

export const helpLines = explained.length
