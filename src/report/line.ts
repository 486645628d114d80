import { showCount, showElapsed, showMs, showRate } from './figures.ts'
import type { Progress } from './progress.ts'

/** One line of progress, printed every few seconds where no terminal is watching. */
export function progressLine(progress: Progress): string {
  const { connected, requested, exchangesPerSecond, messagesPerSecond, scripts } = progress
  return [
    `${showElapsed(progress.elapsedSeconds)} ${phaseName(progress)}`,
    `connected ${showCount(connected)}/${showCount(requested)}`,
    `${showRate(exchangesPerSecond)} exchanges (${showRate(messagesPerSecond)} messages)`,
    `p99 ${showMs(progress.responseP99Ms)}`,
    `backlog ${showCount(progress.backlog)}`,
    `errors ${showCount(progress.errors)}`,
    `scripts done ${showCount(scripts.completed + scripts.failed)}`,
    ...findings(progress),
  ].join('  ')
}

/** Only what is there: a line is read for what is not as it should be. */
function findings({ violations, dropped, generator, thresholds }: Progress): string[] {
  const failing = thresholds.filter(({ pass, actual }) => !pass && actual !== null)
  return [
    ...(violations > 0 ? [`violations ${showCount(violations)}`] : []),
    ...(dropped > 0 ? [`dropped ${showCount(dropped)}`] : []),
    ...(failing.length > 0 ? [`thresholds failing ${failing.length}`] : []),
    ...(generator.state === 'limit' ? ['the generator is the limit'] : []),
  ]
}

const names: Readonly<Record<Progress['phase'], string>> = {
  run: 'run',
  ramp: 'ramp',
  warmup: 'warm-up',
  steady: 'steady',
  drain: 'drain',
}

/** The window that runs, in the words of the guide; what comes before steady in find-max is a search. */
export function phaseName({ phase, searching }: Pick<Progress, 'phase' | 'searching'>): string {
  return searching ? 'search' : names[phase]
}
