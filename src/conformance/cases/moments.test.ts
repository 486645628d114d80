import { expect, test } from 'vitest'
import { Scene } from '../play/scene.ts'
import type { Stage } from '../play/stage.ts'
import { sameMoment, toTheSecondMs } from './moments.ts'
import { CaseValues } from './values.ts'

/** Whether what was told is taken for the time that was ordered. */
function isSame(told: unknown, toleranceMs?: number): boolean | undefined {
  const values = new CaseValues(
    { ordered: '2026-05-01T12:34:56.789Z', told },
    () => 0,
    () => 'fresh',
  )
  const scene = new Scene({} as Stage, values)
  const move = sameMoment('told', 'ordered', '1.6 5.13', toleranceMs)
  if (move.kind === 'do') void move.run(scene)
  return scene.checks[0]?.passed
}

test.each(['2026-05-01T12:34:56.789Z', '2026-05-01T14:34:56+02:00', '2026-05-01T12:34:00Z'])(
  '%s is the time that was ordered: operators pick minutes',
  (told) => {
    expect(isSame(told)).toBe(true)
  },
)

test.each([
  '2026-05-01T12:33:00Z',
  '2026-05-01T14:34:56Z',
  '2026-04-30T12:34:56Z',
  'soon',
  undefined,
])('%s is another', (told) => {
  expect(isSame(told)).toBe(false)
})

test('where a case waits for it, a second is all that may be missing', () => {
  expect(isSame('2026-05-01T12:34:56Z', toTheSecondMs)).toBe(true)
  expect(isSame('2026-05-01T12:34:00Z', toTheSecondMs)).toBe(false)
})
