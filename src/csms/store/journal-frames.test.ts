import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameOf, journalHead, readJournal } from './journal-frames.ts'

const head = journalHead(7, 'c0ffee00')
const payloads = ['{"a":1}\n', '{"b":"@2 3 deadbeef ü"}\n', '@1 2 x\n']

function journal(texts: readonly string[]): Buffer {
  const frames = texts.map((text, at) => frameOf(head, at + 1, text))
  return Buffer.concat([Buffer.from(head), ...frames])
}

const read = (file: Buffer) => {
  const { payloads: texts, tornBytes, damagedBytes } = readJournal(file)
  return { texts, tornBytes, damagedBytes }
}

describe('a journal', () => {
  test('is read as it was written, whatever the payloads hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (texts) => {
        expect(read(journal(texts))).toEqual({ texts, tornBytes: 0, damagedBytes: 0 })
      }),
    )
  })

  test('cut off anywhere, it holds every frame that was finished, and says what was not', () => {
    const file = journal(payloads)
    const ends = [1, 2, 3].map((count) => journal(payloads.slice(0, count)).length)
    for (let length = 0; length <= file.length; length += 1) {
      const whole = ends.filter((end) => end <= length).length
      const begun = whole > 0 ? (ends[whole - 1] ?? 0) : length < head.length ? 0 : head.length
      const { texts, tornBytes, damagedBytes } = read(file.subarray(0, length))
      expect(texts).toEqual(payloads.slice(0, whole))
      expect({ tornBytes, damagedBytes }).toEqual({ tornBytes: length - begun, damagedBytes: 0 })
    }
  })

  test('with any one byte changed it never gives back what was not written', () => {
    const file = journal(payloads)
    for (let at = 0; at < file.length; at += 1) {
      const changed = Buffer.from(file)
      changed[at] = (changed[at] ?? 0) ^ 0x20
      const { texts, tornBytes, damagedBytes } = read(changed)
      expect(payloads).toEqual(expect.arrayContaining([...texts]))
      expect(tornBytes + damagedBytes).toBeGreaterThan(0)
    }
  })

  test('damaged in the middle, it still holds what comes behind', () => {
    const file = journal(payloads)
    const second = journal(payloads.slice(0, 1)).length
    file[second + 20] = 0
    const { texts, tornBytes, damagedBytes } = read(file)
    expect(texts).toEqual([payloads[0], payloads[2]])
    expect(tornBytes).toBe(0)
    expect(damagedBytes).toBe(frameOf(head, 2, payloads[1] ?? '').length)
  })

  test('what a longer write that failed left behind is no frame', () => {
    const failed = frameOf(head, 1, 'long, long ago\n')
    const file = Buffer.concat([Buffer.from(head), failed])
    const written = frameOf(head, 1, 'new\n')
    written.copy(file, head.length)
    const tornBytes = failed.length - written.length
    expect(read(file)).toEqual({ texts: ['new\n'], tornBytes, damagedBytes: 0 })
  })

  test('frames of another file, by its salt or its number, are not taken for its own', () => {
    const other = frameOf(journalHead(7, 'c0ffee01'), 2, 'x\n')
    const older = frameOf(journalHead(6, 'c0ffee00'), 2, 'x\n')
    for (const foreign of [other, older]) {
      const file = Buffer.concat([journal(['own\n']), foreign])
      expect(read(file)).toEqual({ texts: ['own\n'], tornBytes: foreign.length, damagedBytes: 0 })
    }
  })

  test.each([
    ['nothing', '', 0, 0],
    ['a head that was cut off', 'csms-jour', 9, 0],
    ['zeros, as a power cut leaves them', '\0\0\0\0', 4, 0],
    ['something else', 'my shopping list\n', 0, 17],
  ])('that holds %s is empty', (_what, text, tornBytes, damagedBytes) => {
    expect(read(Buffer.from(text))).toEqual({ texts: [], tornBytes, damagedBytes })
  })
})
