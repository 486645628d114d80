import { charts } from './charts.ts'
import { layout } from './layout.ts'
import { tables } from './tables.ts'
import { theme } from './theme.ts'

/** The one style sheet of the page. */
export const styles = [theme, layout, tables, charts].join('\n')
