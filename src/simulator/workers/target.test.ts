import { describe, expect, test } from 'vitest'
import { plainTarget, stationHeaders, stationUrl } from './target.ts'
import type { TargetPlan } from './worker-messages.ts'

const target = (...urls: string[]): TargetPlan => plainTarget(urls, { 'X-Tenant': 'a' })

describe('stationUrl', () => {
  test.each([
    ['ws://csms.example:9000', 'CP1', 'ws://csms.example:9000/CP1'],
    ['ws://csms.example/ocpp/', 'CP1', 'ws://csms.example/ocpp/CP1'],
    ['wss://csms.example/ocpp?tenant=a', 'CP1', 'wss://csms.example/ocpp/CP1?tenant=a'],
    ['ws://csms.example/{id}/ws', 'CP1', 'ws://csms.example/CP1/ws'],
    ['ws://csms.example', 'a b/ü', 'ws://csms.example/a%20b%2F%C3%BC'],
  ])('%s and %s make %s', (url, id, expected) => {
    expect(stationUrl(target(url), { id, index: 0 })).toBe(expected)
  })

  test('stations take turns with several targets, by their run-wide index', () => {
    const two = target('ws://a', 'ws://b')
    const hosts = [0, 1, 2, 3].map((index) => new URL(stationUrl(two, { id: 'CP', index })).host)
    expect(hosts).toEqual(['a', 'b', 'a', 'b'])
  })
})

describe('stationHeaders', () => {
  test('a station with a password names itself by Basic auth, beside the other headers', () => {
    expect(stationHeaders(target('ws://a'), { id: 'CP1', password: 'secret' })).toEqual({
      'X-Tenant': 'a',
      Authorization: `Basic ${btoa('CP1:secret')}`,
    })
    expect(stationHeaders(target('ws://a'), { id: 'CP1', password: undefined })).toEqual({
      'X-Tenant': 'a',
    })
  })
})
