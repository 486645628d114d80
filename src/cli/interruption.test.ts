import { describe, expect, test } from 'vitest'
import { Interruption } from './interruption.ts'

function pressed() {
  const heard: string[] = []
  const interruption = new Interruption({
    stopping: () => heard.push('stopping'),
    leave: () => heard.push('leave'),
  })
  const listen = (): void => interruption.listen((signal) => heard.push(`interrupt ${signal}`))
  return { heard, interruption, listen }
}

describe('Interruption', () => {
  test('the first drains and reports, every other leaves at once', () => {
    const { heard, interruption, listen } = pressed()
    listen()
    interruption.press('SIGTERM')
    expect(heard).toEqual(['stopping', 'interrupt SIGTERM'])
    interruption.press('SIGINT')
    interruption.press('SIGINT')
    expect(heard.slice(2)).toEqual(['leave', 'leave'])
  })

  test('what was pressed before there was a run stops it when there is', () => {
    const { heard, interruption, listen } = pressed()
    interruption.press('SIGINT')
    listen()
    expect(heard).toEqual(['stopping', 'interrupt SIGINT'])
  })
})
