import type { LatencySummary } from '../../../metrics/latency-summary.ts'
import { showBareMs, showCount, showCountOf, showRate, showSeconds } from '../../figures.ts'
import { type Html, html } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import { term } from './definitions.ts'

/** The four figures that people ask for first. */
export function keyNumbers(report: StoredReport): Html {
  return html`<section class="keys" aria-label="Key numbers">
${rates(report)}${responseTimes(report)}${errors(report)}${stations(report)}
</section>`
}

function tile(title: Html | string, figure: Html, notes: readonly (Html | string)[]): Html {
  return html`<div class="key"><h2>${title}</h2>${figure}${notes.map(
    (note) => html`<p>${note}</p>`,
  )}</div>`
}

function figure(value: string, unit: string): Html {
  return html`<p class="figure">${value} <small>${unit}</small></p>`
}

function bare(rate: number | null): string {
  return showRate(rate).replace('/s', '')
}

function rates(report: StoredReport): Html {
  const { sustained, messages } = report
  const { offeredPerSecond, achievedPerSecond } = sustained
  const unit = html`${term('exchange', 'exchanges')}/s`
  const achieved = html`<p class="figure">${bare(achievedPerSecond)} <small>${unit}</small></p>`
  if (offeredPerSecond === null) return tile('Achieved', achieved, ['Nothing was offered'])
  return tile('Achieved', achieved, [
    html`of ${bare(offeredPerSecond)} ${term('offered')} · ${showRate(messages.perSecond)} ${term('message', 'messages')}`,
    held(report),
  ])
}

function held({ sustained, window, model }: StoredReport): Html {
  if (sustained.sustained) {
    return html`${term('sustained', 'Sustained')} for ${showSeconds(window.steadySeconds)}`
  }
  if (model === 'closed') {
    return html`${term('closed model', 'Closed model')}: the rate is what came out`
  }
  return html`Not ${term('sustained')}: ${sustained.reasons.join(', ')}`
}

function responseTimes(report: StoredReport): Html {
  const { count } = report.responseTimeMs
  const times = tellingTimes(report.responseTimeMs)
  const list = times.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${showBareMs(value)}</dd></div>`,
  )
  const title = term('response time', 'Response time')
  const shown = html`<dl class="figure triple">${list}</dl>`
  if (count === 0) return tile(title, shown, ['No CALL was answered'])
  const from = fromTexts[report.model]
  const notes: (Html | string)[] = [
    html`ms, ${showCountOf(count, 'answer')} ${covers(report)}, ${from}`,
  ]
  const missing = ['p50', 'p95', 'p99'].filter(
    (name) => !times.some(([shownName, value]) => shownName === name && value !== null),
  )
  if (missing.length > 0) {
    notes.push(html`Too few answers for ${missing.join(', ')}: ${term('percentile', 'why')}`)
  }
  return tile(title, shown, notes)
}

/** Percentiles; of a handful of answers, which has none, what there is. */
function tellingTimes(times: LatencySummary): (readonly [string, number | null])[] {
  const { count, min, mean, max, p50, p95, p99 } = times
  if (count > 0 && p50 === null) {
    return [
      ['min', min],
      ['mean', mean],
      ['max', max],
    ]
  }
  return [
    ['p50', p50],
    ['p95', p95],
    ['p99', p99],
  ]
}

const fromTexts: Readonly<Record<StoredReport['model'], string>> = {
  open: 'from the instant a CALL was due',
  closed: 'from the instant of sending',
  mixed: 'from the instant due, of steps from sending',
}

/** What percentiles and rates are made of. */
function covers({ window }: StoredReport): string {
  const { headline, steadySeconds, totalSeconds } = window
  return headline === 'steady'
    ? `in ${showSeconds(steadySeconds)} of steady`
    : `in the whole run, ${showSeconds(totalSeconds)}`
}

function errors({ exchanges }: StoredReport): Html {
  const { started, completed, invalid, dropped } = exchanges
  const failed = started - completed + invalid
  const kinds: readonly (readonly [number, string, string])[] = [
    [exchanges.callErrors, 'CALLERROR', 'CALLERRORs'],
    [exchanges.timeouts, 'timeout', 'timeouts'],
    [exchanges.lost, 'lost', 'lost'],
    [exchanges.unfinished, 'unfinished', 'unfinished'],
    [invalid, 'invalid answer', 'invalid answers'],
  ]
  const told = kinds
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => showCountOf(count, one, many))
  if (started === 0) return tile(term('error', 'Errors'), figure('0', ''), ['Nothing was sent'])
  const notes: (Html | string)[] = [
    `${sharePerCent(failed, started)} of ${showCountOf(started, 'exchange')}, whole run`,
  ]
  if (told.length > 0) notes.push(told.join(', '))
  if (dropped > 0) notes.push(html`${showCount(dropped)} more ${term('dropped')}: due, never sent`)
  return tile(term('error', 'Errors'), figure(showCount(failed), ''), notes)
}

/** Small shares keep the digits that thresholds are about: `0.013 %`. */
function sharePerCent(part: number, of: number): string {
  if (part === 0) return '0 %'
  const percent = (part / of) * 100
  return `${percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2))} %`
}

function stations({ stations: found }: StoredReport): Html {
  const { requested, accepted, connected, peak, reconnects, allAcceptedSeconds, lost } = found
  const notes = [`${showCount(connected)} connected, ${showCount(peak)} together at most`]
  if (typeof allAcceptedSeconds === 'number') {
    notes.push(`All accepted after ${showSeconds(allAcceptedSeconds)}`)
  }
  if (reconnects > 0) notes.push(showCountOf(reconnects, 'reconnect'))
  const { tlsTimeMs, tlsResumed = 0 } = found
  if (tlsTimeMs) {
    const handshakes = showCountOf(tlsTimeMs.count, 'TLS handshake')
    notes.push(`${handshakes}, ${showCount(tlsResumed)} resumed`)
  }
  if (lost !== undefined) notes.push(`${showCount(lost)} lost with a worker that died`)
  const failures = Object.entries(found.connectFailures)
  if (failures.length > 0) {
    const kinds = failures.map(([kind, times]) => `${showCount(times)} × ${kind}`)
    notes.push(`Not connected: ${kinds.join(', ')}`)
  }
  return tile('Stations accepted', figure(showCount(accepted), `of ${showCount(requested)}`), notes)
}
