import { Box, Text } from 'ink'
import type { ReactNode } from 'react'
import { showCountOf, showElapsed } from '../../report/figures.ts'
import { fitting, type Part, Parts } from './row.tsx'
import type { Theme } from './theme.ts'
import { Toned } from './tone.tsx'
import type { ViewState } from './view-state.ts'

interface Props {
  readonly theme: Theme
  readonly width: number
  readonly state: ViewState
}

const stages: Readonly<Record<ViewState['stage'], string>> = {
  starting: 'starting',
  running: '',
  stopping: 'stopping',
  reporting: 'writing the report',
}

/** What runs, and for how long. */
export function Title({ theme, state }: Props): ReactNode {
  const { scenario, stage, progress } = state
  return (
    <Box justifyContent="space-between" gap={2}>
      <Text wrap="truncate-end">
        <Toned theme={theme} tone="loud">
          {scenario}
        </Toned>
        {stage !== 'running' && '  '}
        <Toned theme={theme} tone="warn">
          {stages[stage]}
        </Toned>
      </Text>
      <Box flexShrink={0}>
        <Toned theme={theme} tone="loud">
          {showElapsed(progress?.elapsedSeconds ?? 0)}
        </Toned>
      </Box>
    </Box>
  )
}

/** What one needs to run it again. */
export function RunFacts({ theme, width, state }: Props): ReactNode {
  const { run, seed, speed } = state
  const facts = [
    ...(run ? [`run ${run.runId}`] : []),
    `seed ${seed}`,
    ...(speed === 1 ? [] : [`speed ${speed}`]),
    ...(run ? [showCountOf(run.workers, 'worker'), targetText(run)] : []),
  ]
  const parts = facts.map((text): Part => ({ text, tone: 'quiet' }))
  return (
    <Text wrap="truncate-end">
      <Parts theme={theme} parts={fitting(parts, width)} />
    </Text>
  )
}

function targetText({ targets, embedded }: NonNullable<ViewState['run']>): string {
  if (embedded) return 'embedded CSMS'
  const [first = '', ...others] = targets
  return others.length === 0 ? first : `${first} and ${others.length} more`
}
