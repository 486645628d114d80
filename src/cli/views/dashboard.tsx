import { Box } from 'ink'
import type { ReactNode } from 'react'
import { fit } from './fit.ts'
import { RunFacts, Title } from './header.tsx'
import { footer, type Section, sections } from './sections.tsx'
import type { Theme } from './theme.ts'
import type { ViewState } from './view-state.ts'

/** Of a screen, in characters. */
export interface Size {
  readonly columns: number
  readonly rows: number
}

interface Props {
  readonly state: ViewState
  readonly size: Size
  readonly theme: Theme
}

/** Beyond that, lines are too long to be read. */
const widest = 160
/** Free columns at the left and at the right. */
const margin = 1

/** The whole view: never more lines than the screen has. */
export function Dashboard({ state, size, theme }: Props): ReactNode {
  const width = Math.max(1, Math.min(widest, size.columns - 2 * margin))
  const { progress } = state
  if (!progress) return <Starting theme={theme} width={width} state={state} />
  const page = state.help ? 'help' : 'figures'
  const shown = [...sections, footer].filter(({ on }) => on === page || on === 'both')
  const wishes = shown.map((section) => ({
    section,
    most: section.lines?.(progress, width, state) ?? 1,
  }))
  const dealt = fit(
    wishes.map(({ section, most }) => ({
      name: section,
      least: Math.min(most, section.least ?? 1),
      most,
      rank: section.rank,
    })),
    size.rows,
  )
  const used = [...dealt.values()].reduce((sum, lines) => sum + lines, 0)
  const draw = (section: Section, key: number): ReactNode => {
    const lines = dealt.get(section) ?? 0
    const { draw: Draw } = section
    if (lines === 0) return null
    return <Draw key={key} {...{ theme, width, state, progress, lines }} />
  }
  return (
    <Box flexDirection="column" marginLeft={margin} width={width}>
      {shown.slice(0, -1).map(draw)}
      <Box height={size.rows - used} flexShrink={0} />
      {draw(footer, -1)}
    </Box>
  )
}

function Starting(props: Omit<Props, 'size'> & { readonly width: number }): ReactNode {
  return (
    <Box flexDirection="column" marginLeft={margin} width={props.width}>
      <Title {...props} />
      <RunFacts {...props} />
    </Box>
  )
}
