import { expect, test } from 'vitest'
import type { Station2x } from './station-2x.ts'
import { StationPart } from './station-part.ts'

test('a part of a station is made once, when it is first asked for', () => {
  let made = 0
  const part = new StationPart(() => {
    made += 1
    return { made }
  })
  const [one, other] = [{} as Station2x, {} as Station2x]
  expect(part.existing(one)).toBeUndefined()
  expect(part.of(one)).toBe(part.of(one))
  expect(part.existing(one)).toEqual({ made: 1 })
  expect(part.of(other)).toEqual({ made: 2 })
})
