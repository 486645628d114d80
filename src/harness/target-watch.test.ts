import { describe, expect, test } from 'vitest'
import { TargetWatch } from './target-watch.ts'

describe('TargetWatch', () => {
  test('a target is gone when nobody gets in any more for so long', () => {
    const watch = new TargetWatch(5000)
    expect(watch.isGone(1000, 3, 0)).toBe(false)
    expect(watch.isGone(2000, 0, 0)).toBe(false)
    expect([3000, 4000, 5000, 6000].map((at) => watch.isGone(at, 0, at / 1000))).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(watch.isGone(7000, 0, 7)).toBe(true)
  })

  test('one that comes back in time is not', () => {
    const watch = new TargetWatch(5000)
    expect(watch.isGone(1000, 0, 0)).toBe(false)
    expect(watch.isGone(4000, 0, 5)).toBe(false)
    expect(watch.isGone(5000, 1, 5)).toBe(false)
    expect(watch.isGone(6000, 0, 5)).toBe(false)
    expect(watch.isGone(7000, 0, 6)).toBe(false)
    expect(watch.isGone(11_000, 0, 9)).toBe(true)
  })

  test('stations that stay away and try nothing say nothing of it', () => {
    const watch = new TargetWatch(5000)
    for (let at = 0; at < 60_000; at += 1000) expect(watch.isGone(at, 0, 0)).toBe(false)
    expect(watch.isGone(60_000, 0, 1)).toBe(false)
    expect(watch.isGone(65_000, 0, 2)).toBe(true)
  })
})
