import { expect } from 'vitest'
import type { ExchangeCountsReport, Report } from '../../src/report/result.ts'

/** Holds the equation of conservation against a report: as a whole, per action, per version. */
export function expectConserved(report: Report): void {
  expectBalance('all', report.exchanges)
  let started = 0
  for (const [action, { exchanges, byVersion }] of Object.entries(report.actions)) {
    expectBalance(action, exchanges)
    started += exchanges.started
    for (const [version, numbers] of Object.entries(byVersion)) {
      expectBalance(`${action} of ${version}`, numbers.exchanges)
    }
  }
  expect(started).toBe(report.exchanges.started)
}

function expectBalance(what: string, counts: ExchangeCountsReport): void {
  const { started, completed, callErrors, timeouts, lost, unfinished } = counts
  const ended = completed + callErrors + timeouts + lost + unfinished
  expect({ what, ended }).toEqual({ what, ended: started })
}
