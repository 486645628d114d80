import { describe, expect, test } from 'vitest'
import { GatheredOutput } from './gathered-output.ts'

function gathered() {
  const written: string[] = []
  const turns: (() => void)[] = []
  const output = new GatheredOutput(
    (text) => written.push(text),
    (fn) => turns.push(fn),
  )
  const endTurn = () => {
    for (const fn of turns.splice(0)) fn()
  }
  return { output, written, turns, endTurn }
}

describe('lines of one turn', () => {
  test('go out together, in their order, and only once', () => {
    const { output, written, endTurn } = gathered()
    output.write('a\n')
    output.write('b\n')
    expect(written).toEqual([])
    endTurn()
    output.write('c\n')
    endTurn()
    endTurn()
    expect(written).toEqual(['a\nb\n', 'c\n'])
  })

  test('wait for one end of the turn, however many they are', () => {
    const { output, turns } = gathered()
    for (let line = 0; line < 100; line += 1) output.write('line\n')
    expect(turns).toHaveLength(1)
  })

  test('are not held beyond 64 KiB', () => {
    const { output, written, endTurn } = gathered()
    const line = 'x'.repeat(1024)
    for (let count = 0; count < 65; count += 1) output.write(line)
    expect(written.map((text) => text.length)).toEqual([64 * 1024])
    endTurn()
    expect(written.map((text) => text.length)).toEqual([64 * 1024, 1024])
  })

  test('are out at once where somebody asks for it', () => {
    const { output, written, endTurn } = gathered()
    output.write('last words\n')
    output.flush()
    expect(written).toEqual(['last words\n'])
    endTurn()
    expect(written).toHaveLength(1)
  })
})
