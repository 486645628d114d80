import { prepareCopying } from './copying.ts'
import { prepareFilters } from './filters.ts'
import { prepareTheme } from './theme.ts'
import { unfoldTarget } from './unfold-target.ts'

document.documentElement.classList.add('scripted')
prepareCopying()
prepareFilters()
unfoldTarget()
prepareTheme(() => undefined)
