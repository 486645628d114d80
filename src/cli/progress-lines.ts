import type { RunObserver } from '../harness/run-options.ts'
import { progressLine } from '../report/line.ts'

/** Seconds between lines of progress. */
const progressSeconds = 5

/** A run in lines, for logs, pipes and CI. */
export function progressLines(print: (line: string) => void): RunObserver {
  let next = progressSeconds
  return {
    began: () => undefined,
    played: () => undefined,
    note: print,
    log: (stationId, text) => print(`${stationId}: ${text}`),
    progress(progress) {
      if (progress.elapsedSeconds < next) return
      next = progress.elapsedSeconds + progressSeconds - 0.5
      print(progressLine(progress))
    },
  }
}
