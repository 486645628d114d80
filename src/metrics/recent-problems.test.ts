import { describe, expect, test } from 'vitest'
import { RecentProblems } from './recent-problems.ts'

describe('RecentProblems', () => {
  test('tells the second of the run, and what was taken is not told again', () => {
    const problems = new RecentProblems(5_000_000)
    problems.add('CP1', 8_900_000, 'error', () => 'Heartbeat timed out')
    expect(problems.take()).toEqual([
      { second: 3, station: 'CP1', level: 'error', what: 'Heartbeat timed out' },
    ])
    expect(problems.take()).toEqual([])
  })

  test('tells no more than the start of what the target has many words for', () => {
    const problems = new RecentProblems(0)
    problems.add('CP1', 0, 'error', () => 'x'.repeat(1_000_000))
    expect(problems.take()[0]?.what).toBe('x'.repeat(300))
  })

  test('a flood costs nothing: beyond the first five nothing is even formatted', () => {
    const problems = new RecentProblems(0)
    let formatted = 0
    for (let i = 0; i < 10_000; i += 1) {
      problems.add(`CP${i}`, i, 'violation', () => {
        formatted += 1
        return 'RPC_TWO_CALLS'
      })
    }
    expect(problems.take().map(({ station }) => station)).toEqual([
      'CP0',
      'CP1',
      'CP2',
      'CP3',
      'CP4',
    ])
    expect(formatted).toBe(5)
  })
})
