import { chartLibrary, contentPolicy, icon } from './assets.ts'
import { clientScript } from './client-script.ts'
import { Html, html, jsonData } from './html.ts'
import { pageData } from './page-data.ts'
import { actions } from './sections/actions.ts'
import { arrivals } from './sections/arrivals.ts'
import { overTime } from './sections/charts.ts'
import { commands } from './sections/commands.ts'
import { definitions } from './sections/definitions.ts'
import { findMax } from './sections/find-max.ts'
import { hero, verdictSigns, warnings } from './sections/hero.ts'
import { keyNumbers } from './sections/key-numbers.ts'
import { latencies } from './sections/latencies.ts'
import { repeat } from './sections/repeat.ts'
import { runAndEnvironment } from './sections/run.ts'
import { scripts } from './sections/scripts.ts'
import { contents, type Section, sectionMarkup } from './sections/section.ts'
import { thresholds } from './sections/thresholds.ts'
import { transactions } from './sections/transactions.ts'
import { violations } from './sections/violations.ts'
import type { StoredReport } from './stored-report.ts'
import { styles } from './styles/styles.ts'

/**
 * A report as one page that stands by itself: no network (its policy forbids it), light and dark,
 * readable without script, on paper and on a telephone. Takes older reports, too.
 */
export function reportHtml(report: StoredReport): string {
  const scripts = [chartLibrary(), clientScript]
  const title = `${verdictSigns[report.verdict]} ${report.verdict.toUpperCase()} ${report.scenario.name}`
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(scripts, styles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} · csms report</title>
<link rel="icon" href="${icon(report.verdict)}">
<style>${new Html(styles)}</style>
</head>
<body>
<button type="button" class="theme" data-theme-toggle hidden>Dark</button>
${hero(report)}
<main class="wide">
${warnings(report)}
${keyNumbers(report)}
${repeat(report)}
${parts(sectionsOf(report))}
</main>
<footer class="wide"><p>Made by csms ${report.environment.csmsVersion}. report.json beside this page holds every number. Charts: uPlot, © Leon Sorokin, MIT licence.</p></footer>
<script type="application/json" id="data">${jsonData(pageData(report))}</script>
${scripts.map((script) => html`<script>${new Html(script)}</script>\n`)}</body>
</html>
`.toString()
}

function parts(sections: readonly Section[]): Html {
  return html`${contents(sections)}
${sections.map(sectionMarkup)}`
}

function sectionsOf(report: StoredReport): Section[] {
  const sections = [
    thresholds(report),
    violations(report),
    findMax(report),
    overTime(report),
    latencies(report),
    actions(report),
    commands(report),
    arrivals(report),
    scripts(report),
    transactions(report),
    runAndEnvironment(report),
    definitions(),
  ]
  return sections.filter((section) => section !== undefined)
}
