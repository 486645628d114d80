import { prepareCopying } from './copying.ts'
import { drawCharts } from './draw.ts'
import { pageData } from './page-data.ts'
import { prepareSorting } from './sorting.ts'
import { preparePaper, prepareTheme } from './theme.ts'

document.documentElement.classList.add('scripted')
prepareCopying()
prepareSorting()
const charts = drawCharts(pageData())
prepareTheme(() => charts.redraw())
preparePaper(() => charts.redraw())
