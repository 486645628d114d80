import { describe, expect, test } from 'vitest'
import type { TraceEntry } from '../play/trace.ts'
import { stepsOf } from './frames.ts'

const frame = (from: TraceEntry['from'], text: string): TraceEntry => {
  return { atMs: 0, from, kind: 'frame', text }
}

describe('stepsOf', () => {
  test('an answer has the action of the CALL that it answers, by id and side', () => {
    const steps = stepsOf([
      frame('station', '[2,"1","Heartbeat",{}]'),
      frame('csms', '[2,"1","Reset",{"type":"Soft"}]'),
      frame('station', '[3,"1",{"status":"Accepted"}]'),
      frame('csms', '[4,"1","InternalError","",{}]'),
      frame('csms', '[5,"1","FormatViolation","",{}]'),
    ])
    expect(steps.map(({ kind, action, code }) => [kind, action, code])).toEqual([
      ['call', 'Heartbeat', undefined],
      ['call', 'Reset', undefined],
      ['result', 'Reset', undefined],
      ['callError', 'Heartbeat', 'InternalError'],
      ['callResultError', 'Reset', 'FormatViolation'],
    ])
  })

  test.each(['', 'null', '{}', '[2]', '[2,7,"Heartbeat",{}]', '[9,"1",{}]', '[2,"1",{}]'])(
    '%j is no frame, and stays as it is',
    (text) => {
      expect(stepsOf([frame('csms', text)])).toEqual([
        { atMs: 0, from: 'csms', kind: 'unreadable', text, index: 0 },
      ])
    },
  )

  test('what happens to the connection is told in its place', () => {
    const entry = { atMs: 5, from: 'csms', kind: 'close', text: 'closed with 1000' } as const
    expect(stepsOf([entry])).toEqual([{ ...entry, index: 0 }])
  })
})
