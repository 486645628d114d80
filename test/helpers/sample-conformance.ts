import type { ConformanceCase } from '../../src/conformance/cases/case.ts'
import { type TraceEntry } from '../../src/conformance/play/trace.ts'
import { type Check, verdictOf } from '../../src/conformance/play/verdict.ts'
import {
  buildConformanceReport,
  type ConformanceFacts,
} from '../../src/conformance/report/build-report.ts'
import type { ConformanceReport } from '../../src/conformance/report/result.ts'
import type { PlayedCase } from '../../src/conformance/run/conformance-run.ts'

type Play = Partial<Omit<PlayedCase, 'case' | 'id' | 'title'>> &
  Partial<Pick<ConformanceCase, 'group' | 'stability'>>

/** A case that was played; without more it passed. */
export function played(id: string, play: Play = {}): PlayedCase {
  const { group = 'Core', stability = 'stable', checks = [check()], ...rest } = play
  const title = `About ${id}`
  return {
    id,
    title,
    verdict: verdictOf(checks),
    checks,
    trace: boot,
    seconds: 0.25,
    attempts: 1,
    ...rest,
    case: {
      id,
      title,
      version: 'ocpp1.6',
      profile: 'Core',
      group,
      source: { document: 'a document', edition: 'an edition' },
      stability,
      needs: [],
      tags: [],
      moves: [],
    },
  }
}

export function check(seen: Partial<Check> = {}): Check {
  return {
    name: 'BootNotification',
    level: 'MUST',
    clause: '1.6 4.2',
    passed: true,
    detail: 'as expected',
    frame: 2,
    ...seen,
  }
}

/** The CSMS answers with a status that nobody knows. */
export const wrongStatus = check({
  passed: false,
  detail: '$.status: expected "Accepted", got "Acepted"',
})

export const boot: readonly TraceEntry[] = [
  { atMs: 1, from: 'csms', kind: 'open', text: 'open, subprotocol ocpp1.6' },
  {
    atMs: 2,
    from: 'station',
    kind: 'frame',
    text: '[2,"a1","BootNotification",{"chargePointVendor":"csms","chargePointModel":"probe"}]',
  },
  { atMs: 14, from: 'csms', kind: 'frame', text: '[3,"a1",{"status":"Acepted"}]' },
]

/** A run with one case of each verdict, and what else a test wants. */
export function sampleConformance(facts: Partial<ConformanceFacts> = {}): ConformanceReport {
  return buildConformanceReport({
    protocol: 'ocpp1.6',
    target: { url: 'ws://user:pass@csms.example/ocpp?key=1', embedded: false },
    runId: 'abc123',
    startedAt: '2026-11-21T07:08:28.123Z',
    seconds: 12.3456,
    csmsVersion: '0.1.0',
    level: 'MUST',
    options: [
      ['--protocol', 'ocpp1.6'],
      ['--target', 'ws://csms.example/ocpp'],
    ],
    selection: [['--case', 'TC_0*']],
    results: oneOfEach,
    ...facts,
  })
}

export const oneOfEach: readonly PlayedCase[] = [
  played('TC_001'),
  played('TC_002', {
    checks: [check(), check({ ...wrongStatus, name: 'preferred', level: 'SHOULD' })],
  }),
  played('TC_003', { checks: [check({ name: 'upgrade', frame: 0 }), wrongStatus] }),
  played('TC_004', { verdict: 'error', reason: 'hook: 500', checks: [], group: 'RemoteTrigger' }),
  played('TC_005', {
    verdict: 'skip',
    skip: 'no-hook',
    reason: 'nothing makes the CSMS send Reset',
    checks: [],
    trace: [],
    attempts: 0,
    group: 'RemoteTrigger',
  }),
]
