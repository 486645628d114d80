import { describe, expect, test } from 'vitest'
import { AuthorizationCache } from './authorization-cache.ts'

const accepted = { status: 'Accepted', expiresMs: undefined }

function full(): AuthorizationCache {
  const cache = new AuthorizationCache()
  for (let i = 0; i < 100; i += 1) cache.set(`T${i}`, accepted, 0)
  return cache
}

describe('AuthorizationCache', () => {
  test('[1.6 3.5.1] full of valid tokens, it forgets what it learned longest ago', () => {
    const cache = full()
    cache.set('t0', accepted, 0)
    cache.set('NEW', accepted, 0)
    expect(cache.get('T1')).toBeUndefined()
    expect(cache.get('T0')).toEqual(accepted)
    expect(cache.get('new')).toEqual(accepted)
  })

  test('[1.6 3.5.1] what is not valid, or no more, goes first', () => {
    const cache = full()
    cache.set('T50', { status: 'Blocked', expiresMs: undefined }, 0)
    cache.set('T60', { status: 'Accepted', expiresMs: 1000 }, 0)
    cache.set('NEW', accepted, 1000)
    expect(cache.get('T50')).toBeUndefined()
    expect(cache.get('T60')).toBeUndefined()
    expect(cache.get('T0')).toEqual(accepted)
  })

  test('a token that is not valid finds room, too', () => {
    const cache = full()
    cache.set('NEW', { status: 'Blocked', expiresMs: undefined }, 0)
    expect(cache.get('NEW')?.status).toBe('Blocked')
  })
})
