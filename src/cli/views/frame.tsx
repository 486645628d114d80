import { renderToString } from 'ink'
import { Dashboard, type Size } from './dashboard.tsx'
import { asAscii, type Theme } from './theme.ts'
import type { ViewState } from './view-state.ts'

/** The lines of the screen: at most `size.rows`, each at most `size.columns` wide. */
export function frameOf(state: ViewState, size: Size, theme: Theme): readonly string[] {
  const { columns, rows } = size
  const text = renderToString(<Dashboard state={state} size={size} theme={theme} />, { columns })
  const lines = text.split('\n').slice(0, rows)
  return theme.unicode ? lines : lines.map(asAscii)
}
