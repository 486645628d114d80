import { describe, expect, test } from 'vitest'
import { restore, Screen } from './screen.ts'

function drawnOn() {
  const written: string[] = []
  const screen = new Screen({ write: (text) => written.push(text) })
  const take = (): string => written.splice(0).join('')
  return { screen, take }
}

describe('Screen', () => {
  test('draws on the other screen and gives the terminal back as it was', () => {
    const { screen, take } = drawnOn()
    expect(take()).toContain('\u001B[?1049h')
    screen.close()
    expect(take()).toBe(restore)
    expect(restore).toMatch(/\[\?7h.*\[\?25h.*\[\?1049l$/)
  })

  test('writes only what changed, each line to its place', () => {
    const { screen, take } = drawnOn()
    screen.draw(['one', 'two', 'three'])
    take()
    screen.draw(['one', 'zwei', 'three'])
    expect(take()).toBe('\u001B[?2026h\u001B[2;1Hzwei\u001B[K\u001B[?2026l')
    screen.draw(['one', 'zwei', 'three'])
    expect(take()).toBe('')
  })

  test('lines that are gone are wiped', () => {
    const { screen, take } = drawnOn()
    screen.draw(['one', 'two'])
    take()
    screen.draw(['one'])
    expect(take()).toContain('\u001B[2;1H\u001B[K')
  })

  test('never writes a line feed, which would scroll', () => {
    const { screen, take } = drawnOn()
    screen.draw(['one', 'two'])
    screen.resized()
    screen.draw(['one'])
    screen.close()
    expect(take()).not.toContain('\n')
  })

  test('after a resize everything is drawn anew', () => {
    const { screen, take } = drawnOn()
    screen.draw(['one', 'two'])
    screen.resized()
    take()
    screen.draw(['one', 'two'])
    expect(take()).toMatch(/one.*two/)
  })

  test('heals what somebody else wrote in between', () => {
    const { screen, take } = drawnOn()
    screen.draw(['one'])
    take()
    for (let frame = 0; frame < 20; frame += 1) screen.draw(['one'])
    expect(take()).toContain('\u001B[1;1Hone')
  })
})
