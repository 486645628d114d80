import { showSeconds } from '../../../report/figures.ts'
import { type Html, html, nothing } from '../../../report/html/html.ts'
import { verdictSigns } from '../../../report/html/sections/hero.ts'
import { table } from '../../../report/html/sections/table.ts'
import type { ConformanceReport, Totals } from '../result.ts'
import { commandLine, groupTitle, subject, totalsLine } from '../words.ts'

/** Verdict and why, to be read from across the room. */
export function hero(report: ConformanceReport): Html {
  const { verdict, protocol, target, startedAt, seconds, exitCode, totals, reasons } = report
  const against = target.embedded ? 'the embedded CSMS' : target.url
  const list = reasons.map((reason) => html`<li>${reason}</li>`)
  return html`<header class="hero ${verdict}">
<div class="wide">
<p class="eyebrow"><span>csms conformance</span> <time datetime="${startedAt}">${startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time></p>
<h1><span class="verdict"><span aria-hidden="true">${verdictSigns[verdict]}</span>${verdict.toUpperCase()}</span> <span class="scenario">${protocol}</span></h1>
<p class="why">${totalsLine(totals)}</p>
${list.length === 0 ? nothing : html`<ul class="reasons">${list}</ul>`}
<p class="against">Against ${against}, in ${showSeconds(seconds)}, exit code ${exitCode}</p>
</div>
</header>`
}

const tiles = [
  ['pass', 'Passed', 'every MUST and every SHOULD that was looked at'],
  ['warn', 'Warnings', 'legal, and against a SHOULD'],
  ['fail', 'Failed', 'a frame, or one that is missing, breaks a MUST'],
  ['error', 'Without a verdict', 'a hook or the network failed'],
  ['skip', 'Skipped', 'not claimed, or nothing makes the CSMS act'],
] as const

/** How many of each verdict, and what each means. */
export function counts({ totals }: ConformanceReport): Html {
  const tile = ([verdict, name, meaning]: (typeof tiles)[number]) => html`<div class="key">
<h2>${name}</h2>
<p class="figure ${totals[verdict] === 0 ? 'none' : verdict}">${totals[verdict]}</p>
<p>${meaning}</p>
</div>`
  return html`<div class="keys">${tiles.map(tile)}</div>`
}

/** The command that runs the same again. */
export function repeat(report: ConformanceReport): Html {
  return repeatMarkup(report.repeat, `Run it again, ${subject(report)}`)
}

export function repeatMarkup(words: readonly string[], label: string): Html {
  return html`<div class="repeat"><span class="label">Again</span>
<code aria-label="${label}">${commandLine(words)}</code>
<button type="button" data-copy hidden>Copy</button></div>`
}

/** Verdicts by group, where there are several. */
export function groupTable({ protocol, groups, totals }: ConformanceReport): Html {
  if (groups.length < 2) return nothing
  const row = (name: Html | string, of: Totals) => ({
    cells: [name, ...tiles.map(([verdict]) => (of[verdict] === 0 ? '' : String(of[verdict])))],
    ...(of.red > 0 && { tone: 'bad' as const }),
  })
  const body = table({
    caption: 'Verdicts by group',
    columns: [{ label: 'Group' }, ...tiles.map(([, name]) => ({ label: name, figures: true }))],
    groups: [
      ...groups.map((group) =>
        row(
          html`<a href="#group-${group.group.replace(/[^\w-]/g, '-')}">${groupTitle(protocol, group.group)}</a>`,
          group,
        ),
      ),
      row('All', totals),
    ],
  })
  return html`<section id="groups" aria-labelledby="groups-title"><h2 id="groups-title">Groups</h2>
${body}</section>`
}
