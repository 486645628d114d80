import { describe, expect, test } from 'vitest'
import { nearestName } from './nearest.ts'

describe('nearestName', () => {
  const names = ['plugIn', 'unplug', 'authorize', 'charge', 'wait']

  test('finds the name behind a slip, whatever the case', () => {
    expect(nearestName('plugin', names)).toBe('plugIn')
    expect(nearestName('autorize', names)).toBe('authorize')
    expect(nearestName('chagre', names)).toBe('charge')
    expect(nearestName('wati', names)).toBe('wait')
  })

  test('is silent where no name is close', () => {
    expect(nearestName('boot', names)).toBeUndefined()
    expect(nearestName('', names)).toBeUndefined()
    expect(nearestName('discombobulate', names)).toBeUndefined()
  })

  test('takes the closest of several', () => {
    expect(nearestName('unplugg', ['unplugged', 'unplug'])).toBe('unplug')
  })
})
