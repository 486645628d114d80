import { Text } from 'ink'
import type { ReactNode } from 'react'
import { lookOf, type Theme, type Tone } from './theme.ts'

interface Props {
  readonly theme: Theme
  readonly tone: Tone | undefined
  readonly children: ReactNode
}

/** Text in a tone. */
export function Toned({ theme, tone, children }: Props): ReactNode {
  return <Text {...lookOf(theme, tone)}>{children}</Text>
}
