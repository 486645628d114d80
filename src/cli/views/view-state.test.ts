import { describe, expect, test } from 'vitest'
import { sampleProgress } from '../../../test/helpers/sample-progress.ts'
import {
  mostLogLines,
  newState,
  togglePause,
  type ViewState,
  withLine,
  withProgress,
} from './view-state.ts'

const state = newState({ scenario: 'city\u001B[2J', seed: 1, speed: 1, keys: true })

function logged(from: ViewState, lines: number): ViewState {
  let now = from
  for (let i = 0; i < lines; i += 1) now = withLine(now, `CP${i}`, `line ${i}`)
  return now
}

describe('the state of the view', () => {
  test('keeps the newest lines and counts the others', () => {
    const full = logged(state, mostLogLines + 7)
    expect(full.log).toHaveLength(mostLogLines)
    expect(full.forgotten).toBe(7)
    expect(full.log[0]).toMatchObject({ station: 'CP7', text: 'line 7' })
  })

  test('a paused log stands still, and goes on with everything', () => {
    const paused = togglePause(logged(state, 3))
    const later = logged(paused, 2)
    expect(later.pausedLog).toHaveLength(3)
    expect(togglePause(later).pausedLog).toBeUndefined()
    expect(later.log).toHaveLength(5)
  })

  test('it runs from the first news on; what stops goes on to stop', () => {
    const running = withProgress(state, sampleProgress(3))
    expect([state.stage, running.stage]).toEqual(['starting', 'running'])
    expect(withProgress({ ...running, stage: 'stopping' }, sampleProgress(4)).stage).toBe(
      'stopping',
    )
  })

  test('what others wrote is made printable', () => {
    expect(state.scenario).toBe('city [2J')
    expect(withLine(state, 'CP\u0007', 'a\nb').log[0]).toMatchObject({ station: 'CP', text: 'a b' })
  })
})
