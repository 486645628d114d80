import { stripVTControlCharacters } from 'node:util'
import { cleanup, render } from 'ink-testing-library'
import type { ReactElement } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { sampleProgress, troubledProgress } from '../../../test/helpers/sample-progress.ts'
import { ConnectLine, ErrorsLine, GeneratorLine } from './health.tsx'
import { PhaseLine, showSpan, WindowTrail } from './phase.tsx'
import { Problems } from './problems.tsx'
import { StationsLine } from './stations.tsx'
import { themeOf } from './theme.ts'
import { Thresholds } from './thresholds.tsx'
import { ExchangesLine, ResponseLine } from './traffic.tsx'

afterEach(cleanup)

const theme = themeOf({ colour: false, unicode: true })
const common = { theme, width: 78 }

/** Whether there are colours was decided when the first view was loaded. */
const shown = (node: ReactElement): string =>
  stripVTControlCharacters(render(node).lastFrame() ?? '')

describe('the parts of the view', () => {
  test('errors say how many and which; none is good news', () => {
    expect(shown(<ErrorsLine {...common} progress={sampleProgress(40)} />)).toBe('errors     none')
    expect(shown(<ErrorsLine {...common} progress={troubledProgress(40)} />)).toBe(
      'errors     1,234  57 violations  31 dropped  1,022 CALLERROR  200 timeout',
    )
  })

  test('failed attempts to connect, the most frequent first', () => {
    expect(shown(<ConnectLine {...common} progress={troubledProgress(40)} />)).toBe(
      'no connect 412 × ECONNREFUSED  3 × HTTP 401',
    )
  })

  test('the generator says in words when it is the limit', () => {
    expect(shown(<GeneratorLine {...common} progress={sampleProgress(40)} />)).toContain('healthy')
    expect(shown(<GeneratorLine {...common} progress={troubledProgress(40)} />)).toContain(
      'AT ITS LIMIT  lag p99 84.0 ms (limit 20)',
    )
  })

  test('every station is accounted for', () => {
    const none = { waiting: 0, connecting: 0, connected: 0, accepted: 0, offline: 0, lost: 0 }
    const text = (stations: Partial<typeof none>): string => {
      const progress = sampleProgress(40, { stations: { ...none, ...stations }, requested: 15 })
      return shown(<StationsLine theme={theme} width={98} progress={progress} />)
    }
    expect(text({ accepted: 4, lost: 6, offline: 5 })).toMatch(
      /^stations +█+×+ {2}4 of 15 accepted {2}6 lost {2}5 offline$/,
    )
    expect(text({ connecting: 2, connected: 3, waiting: 10 })).toMatch(
      /^stations +▓+▒+·+ {2}0 of 15 accepted {2}2 connecting {2}3 booting {2}10 waiting$/,
    )
  })

  test('the bar of the phase has the time left beside it', () => {
    const progress = sampleProgress(40, {
      phase: 'run',
      done: 0.3,
      left: { seconds: 74.2, how: 'at most' },
      scripts: { completed: 2, failed: 1, planned: 10 },
    })
    expect(shown(<PhaseLine theme={theme} width={98} progress={progress} />)).toMatch(
      /^run +━+─+ {2}30 % {2}at most 1 min 15 s left {2}1 failed {2}3 of 10 scripts done$/,
    )
  })

  test('a search takes as long as it takes', () => {
    const progress = sampleProgress(12, { searching: true, done: null, left: null })
    expect(shown(<PhaseLine {...common} progress={progress} />)).toBe('search     7 s so far')
    expect(shown(<WindowTrail {...common} progress={progress} />)).toContain('search 7 s')
  })

  test('windows that are over, that run, and that come', () => {
    expect(shown(<WindowTrail {...common} progress={sampleProgress(40)} />).trim()).toBe(
      '✓ ramp 5 s  ✓ warm-up 10 s  ▶ steady 25 s    drain at most 10 s',
    )
  })

  test('in the closed model nothing is offered', () => {
    const progress = sampleProgress(40, { model: 'closed' })
    expect(shown(<ExchangesLine {...common} progress={progress} />)).not.toContain('offered')
    expect(shown(<ExchangesLine {...common} progress={sampleProgress(40)} />)).toContain(
      '9,980/s  of 10,000/s offered',
    )
  })

  test('where not all percentiles fit, the 99th does', () => {
    const progress = troubledProgress(40)
    expect(shown(<ResponseLine theme={theme} width={38} progress={progress} />)).toBe(
      'response   p99 2,310 ms  p95 920 ms',
    )
  })

  test('failing thresholds come first, with what is measured now', () => {
    const thresholds = sampleProgress(40).thresholds.map((threshold, i) =>
      i === 2 ? { ...threshold, actual: 0.5, pass: false } : threshold,
    )
    const progress = sampleProgress(40, { thresholds })
    const lines = shown(<Thresholds {...common} progress={progress} lines={2} />).split('\n')
    expect(lines).toEqual([
      'thresholds ✗ rate<0.001  now 0.5  ocpp_errors',
      '             and 2 more',
    ])
  })

  test('problems tell time, station and reason, the newest at the bottom', () => {
    const progress = troubledProgress(40)
    const lines = shown(<Problems {...common} progress={progress} lines={3} />).split('\n')
    expect(lines.at(-1)).toBe('           0:39  CITY-00007  Heartbeat not answered in time')
    expect(lines[0]).toMatch(/^problems {3}0:38 {2}CITY-03001 {2}RPC_RESPONSE_SCHEMA/)
    const two = shown(<Problems {...common} progress={progress} lines={2} />).split('\n')
    expect(two[0]).toMatch(/0:38 {2}CITY-03001 .* …$/)
  })

  test.each([
    [0, '0 s'],
    [11.2, '12 s'],
    [60, '1 min'],
    [61, '1 min 1 s'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
  ])('%d s is %s', (seconds, text) => {
    expect(showSpan(seconds)).toBe(text)
  })
})
