import { expect, test } from 'vitest'
import { Places } from './places.ts'

test('whoever comes when all places are taken waits, in order, also after a failure', async () => {
  const places = new Places(2)
  const begun: number[] = []
  const ends: ((error?: Error) => void)[] = []
  const all = [0, 1, 2, 3].map((i) =>
    places
      .take(() => {
        begun.push(i)
        return new Promise<void>((resolve, reject) => {
          ends[i] = (error) => (error ? reject(error) : resolve())
        })
      })
      .catch(() => 'failed'),
  )
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[0]?.(new Error('broke off'))
  expect(await all[0]).toBe('failed')
  expect(begun).toEqual([0, 1, 2])
  ends[1]?.()
  await all[1]
  expect(begun).toEqual([0, 1, 2, 3])
  ends[2]?.()
  ends[3]?.()
  await Promise.all(all)
})
