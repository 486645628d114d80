import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../shared/virtual-clock.ts'
import { MessageLog } from './message-log.ts'

const everything = {
  stationId: undefined,
  action: undefined,
  direction: undefined,
  sinceMs: undefined,
  limit: 1_000,
} as const

describe('MessageLog', () => {
  test('keeps the latest so many and no more', () => {
    const log = new MessageLog(new VirtualClock(), 3)
    for (let i = 1; i <= 10; i += 1) log.add('CP1', 'in', `[2,"${i}","Heartbeat",{}]`)
    expect(log.find(everything).map(({ messageId }) => messageId)).toEqual(['8', '9', '10'])
  })

  test('keeps no more text than it may, and always the last message', () => {
    const log = new MessageLog(new VirtualClock(), 100, 100)
    for (const letter of ['a', 'b', 'c']) log.add('CP1', 'in', letter.repeat(40))
    expect(log.find(everything).map(({ text }) => text[0])).toEqual(['b', 'c'])
    log.add('CP1', 'in', 'd'.repeat(400))
    expect(log.find(everything).map(({ text }) => text[0])).toEqual(['d'])
  })

  test('is what cutting off the oldest leaves, whatever comes', () => {
    const texts = fc.array(fc.string({ minLength: 1, maxLength: 30 }), { maxLength: 40 })
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 60 }),
        (added, most, characters) => {
          const log = new MessageLog(new VirtualClock(), most, characters)
          let kept: string[] = []
          for (const text of added) {
            log.add('CP1', 'in', text)
            kept = [...kept, text].slice(-most)
            while (kept.length > 1 && kept.join('').length > characters) kept.shift()
          }
          expect(log.find(everything).map(({ text }) => text)).toEqual(kept)
        },
      ),
    )
  })

  test('tells the action of an answer by station, id and direction', () => {
    const log = new MessageLog(new VirtualClock(), 100)
    log.add('CP1', 'in', '[2,"1","Heartbeat",{}]')
    log.add('CP2', 'in', '[2,"1","Authorize",{"idTag":"A"}]')
    log.add('CP1', 'out', '[2,"1","Reset",{"type":"Soft"}]')
    log.add('CP2', 'out', '[3,"1",{}]')
    log.add('CP1', 'out', '[3,"1",{}]')
    log.add('CP1', 'in', '[4,"1","NotSupported","",{}]')
    log.add('CP1', 'in', '[3,"never asked",{}]')
    expect(log.find(everything).map(({ action }) => action)).toEqual([
      'Heartbeat',
      'Authorize',
      'Reset',
      'Authorize',
      'Heartbeat',
      'Reset',
      undefined,
    ])
  })

  test.each(['', '[', '[2]', '[2,"1"', '[9,"1","A",{}]', '[2,1,"A",{}]', 'hello'])(
    '%s is no frame and breaks nothing',
    (text) => {
      const log = new MessageLog(new VirtualClock(), 10)
      log.add('CP1', 'in', text)
      expect(log.find(everything)).toMatchObject([{ messageType: 0, messageId: undefined }])
    },
  )
})
