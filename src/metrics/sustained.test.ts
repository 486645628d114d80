import { describe, expect, test } from 'vitest'
import { type SustainedFacts, whyNotSustained } from './sustained.ts'

const held: SustainedFacts = {
  steadySeconds: 60,
  offered: 60_000,
  achieved: 59_500,
  errors: 10,
  dropped: 0,
  backlog: Array.from({ length: 60 }, (_, at) => 5 + (at % 3)),
}

describe('whyNotSustained', () => {
  test('a rate that held for a minute is sustained', () => {
    expect(whyNotSustained(held)).toEqual([])
  })

  test('less than a minute proves nothing', () => {
    expect(whyNotSustained({ ...held, steadySeconds: 59 })).toEqual([
      'steady lasted less than 60 s',
    ])
  })

  test('less than 99 % achieved, anything dropped, 0.1 % of errors, each end it', () => {
    expect(whyNotSustained({ ...held, achieved: 59_399 })).toHaveLength(1)
    expect(whyNotSustained({ ...held, dropped: 1 })).toEqual(['1 CALL was dropped'])
    expect(whyNotSustained({ ...held, errors: 59 })).toEqual([])
    expect(whyNotSustained({ ...held, errors: 60 })).toHaveLength(1)
  })

  test('a backlog that grows is not flat', () => {
    const growing = Array.from({ length: 60 }, (_, at) => at * 5)
    expect(whyNotSustained({ ...held, backlog: growing })).toEqual([
      'the backlog grew by 225 CALLs',
    ])
  })

  test('nothing offered is nothing sustained', () => {
    expect(whyNotSustained({ ...held, offered: 0, achieved: 0 })).toEqual(['nothing was offered'])
  })
})
