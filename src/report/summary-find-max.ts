import { leastSustainedSeconds } from '../metrics/sustained.ts'
import { showBareMs, showCount, showNumber, showRate, showSeconds, showShare } from './figures.ts'
import type { FindMaxReport, ProbeReport, Report } from './result.ts'
import { bullet, type Page } from './summary-page.ts'
import { tableLines } from './table.ts'

const counts = ['probes, ms', 'offered/s', 'achieved/s']
const head = [...counts, 'p95', 'p99', 'errors', 'backlog', 'lag', 'CPU']

/** The rate that was found in both units, what limited it, and every rate that was tried. */
export function findMaxLines({ findMax, window }: Report, page: Page): string[] {
  if (!findMax) return []
  const { style } = page
  const { probes } = findMax
  const found = findMax.sustainedPerSecond !== null
  const [title = '', ...rows] = tableLines({ head, rows: probes.map(cells) })
  return [
    ...bullet(
      found ? style.green('✓') : style.red('✗'),
      rateText(findMax, window.steadySeconds),
      page,
    ),
    ...bullet(' ', limitText(findMax), page),
    ...(probes.length === 0 ? [] : ['', `  ${style.dim(title)}`]),
    ...rows.map((row, at) => `  ${probes[at]?.verdict === 'held' ? row : style.red(row)}`),
  ]
}

/** What was found and what limited it; undefined where nothing was searched. */
export function findMaxSentence({ findMax, window }: Report): string | undefined {
  if (!findMax) return undefined
  return `${rateText(findMax, window.steadySeconds)}; ${limitText(findMax)}`
}

function rateText({ sustainedPerSecond }: FindMaxReport, steadySeconds: number): string {
  if (sustainedPerSecond === null) return 'no sustained rate was found'
  const messages = showRate(sustainedPerSecond * 2)
  const long = steadySeconds >= leastSustainedSeconds
  const what = long ? 'sustained' : `held for ${showSeconds(steadySeconds)}`
  return `${what}: ${showRate(sustainedPerSecond)} exchanges (${messages} messages)`
}

const limits: Readonly<Record<NonNullable<FindMaxReport['limitedBy']>, string>> = {
  generator: 'limited by the generator, not by the target',
  target: 'limited by the target',
  threshold: 'limited by a threshold',
}

function limitText({ limitedBy, brokeFirst, probes }: FindMaxReport): string {
  if (limitedBy === null) {
    const highest = Math.max(0, ...probes.map(({ offeredPerSecond }) => offeredPerSecond))
    return `nothing broke up to ${showRate(highest)}, the highest rate that was tried`
  }
  return `${limits[limitedBy]}; first broke: ${brokeFirst}`
}

function cells(probe: ProbeReport): string[] {
  const { offeredPerSecond, achievedPerSecond, p95, p99, errors, backlogSlope } = probe
  return [
    probeVerdict(probe),
    showCount(offeredPerSecond),
    showCount(achievedPerSecond),
    ...[p95, p99].map(showBareMs),
    errors === 0 ? '0' : `${showNumber(errors * 100)} %`,
    `${backlogSlope > 0 ? '+' : ''}${showNumber(backlogSlope)}/s`,
    showBareMs(probe.generatorLagP99),
    showShare(probe.cpu),
  ]
}

/** What became of a rate, in a word. */
export function probeVerdict({ verdict, confirming }: ProbeReport): string {
  if (!confirming) return verdict
  return verdict === 'held' ? 'confirmed' : 'refuted'
}
