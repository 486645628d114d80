import { contentPolicy, icon } from '../../../report/html/assets.ts'
import { Html, html, nothing } from '../../../report/html/html.ts'
import { verdictSigns } from '../../../report/html/sections/hero.ts'
import { contents, type Section, sectionMarkup } from '../../../report/html/sections/section.ts'
import type { ConformanceReport } from '../result.ts'
import { groupTitle } from '../words.ts'
import { caseMarkup } from './case.ts'
import { clientScript } from './client-script.ts'
import { filters } from './filters.ts'
import { findings } from './findings.ts'
import { counts, groupTable, hero, repeat } from './head.ts'
import { styles } from './styles.ts'

/**
 * A run of cases as one page that stands by itself: no network (its policy forbids it), light and
 * dark, readable without script and on paper; each case with what went over its wires as a chart.
 */
export function conformanceHtml(report: ConformanceReport): string {
  const { verdict, protocol, csmsVersion, runId } = report
  const title = `${verdictSigns[verdict]} ${verdict.toUpperCase()} ${protocol}`
  const sections = sectionsOf(report)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy([clientScript], styles)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} · csms conformance</title>
<link rel="icon" href="${icon(verdict)}">
<style>${new Html(styles)}</style>
</head>
<body>
<button type="button" class="theme" data-theme-toggle hidden>Dark</button>
${hero(report)}
<main class="wide">
${counts(report)}
${repeat(report)}
${contents(sections)}
${findings(report)}
${groupTable(report)}
${report.cases.length === 0 ? nothing : filters(report)}
${sections.map(sectionMarkup)}
</main>
<footer class="wide"><p>Made by csms ${csmsVersion}, run ${runId}. Ids are those of the test documents that each case names; titles and explanations are csms's own.</p></footer>
<script>${new Html(clientScript)}</script>
</body>
</html>
`.toString()
}

function sectionsOf({ protocol, groups, cases }: ConformanceReport): Section[] {
  return groups.map(({ group }) => ({
    id: `group-${group.replace(/[^\w-]/g, '-')}`,
    title: groupTitle(protocol, group),
    body: html`${cases.filter((one) => one.group === group).map(caseMarkup)}`,
  }))
}
