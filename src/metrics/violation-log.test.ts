import { describe, expect, test } from 'vitest'
import { samplesPerRule, ViolationLog } from './violation-log.ts'

const violation = (detail: string, level: 'MUST' | 'SHOULD' = 'MUST') => ({
  rule: 'RPC_RESPONSE_SCHEMA',
  level,
  detail,
  frame: `[3,"1",${detail}]`,
})

describe('ViolationLog', () => {
  test('counts all and keeps the earliest few', () => {
    const log = new ViolationLog()
    for (let at = 0; at < 100; at += 1) log.found(violation(`detail ${at}`), 'CP1', at)
    const rule = log.snapshot()['RPC_RESPONSE_SCHEMA']
    expect(rule?.must).toBe(100)
    expect(rule?.samples.map(({ second }) => second)).toEqual([0, 1, 2, 3, 4])
    expect(rule?.samples).toHaveLength(samplesPerRule)
  })

  test('keeps one sample of each detail', () => {
    const log = new ViolationLog()
    for (const detail of ['a', 'a', 'b', 'a']) log.found(violation(detail), 'CP1', 3)
    const rule = log.snapshot()['RPC_RESPONSE_SCHEMA']
    expect(rule?.samples.map(({ detail }) => detail)).toEqual(['a', 'b'])
  })

  test('tells what breaks a MUST from what is only odd', () => {
    const log = new ViolationLog()
    log.found(violation('a'), 'CP1', 0)
    log.found(violation('b', 'SHOULD'), 'CP1', 0)
    expect(log.snapshot()['RPC_RESPONSE_SCHEMA']).toMatchObject({ must: 1, should: 1 })
  })
})
