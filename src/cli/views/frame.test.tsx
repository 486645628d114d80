import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { sampleProgress, troubledProgress } from '../../../test/helpers/sample-progress.ts'
import type { Progress } from '../../report/progress.ts'
import { frameOf } from './frame.tsx'
import { themeOf } from './theme.ts'
import { newState, type ViewState, withLine, withProgress } from './view-state.ts'

const unicode = themeOf({ colour: false, unicode: true })
const ascii = themeOf({ colour: false, unicode: false })

function stateOf(progress: Progress, changes: Partial<ViewState> = {}): ViewState {
  const state = newState({ scenario: 'load-10k', seed: 42, speed: 1, keys: true })
  const run = { runId: '3f9a2c1e', targets: ['ws://127.0.0.1:9'], embedded: true, workers: 2 }
  const noted = withLine({ ...state, run }, '', 'Run 3f9a2c1e: 5,000 stations, 2 workers.')
  const started = withProgress(noted, progress)
  return { ...withLine(started, 'CITY-00001', 'charging at 22 kW'), ...changes }
}

const plain = (lines: readonly string[]): readonly string[] => lines.map(stripVTControlCharacters)

describe('the frame', () => {
  test.each([
    ['ramp', 80, 24, sampleProgress(3)],
    ['steady', 80, 24, sampleProgress(40)],
    ['steady', 140, 40, sampleProgress(70)],
    ['trouble', 80, 24, troubledProgress(40)],
    ['trouble', 140, 40, troubledProgress(70)],
    ['trouble', 60, 20, troubledProgress(40)],
    ['trouble', 40, 14, troubledProgress(40)],
  ])('%s at %ix%i', async (name, columns, rows, progress) => {
    const lines = plain(frameOf(stateOf(progress), { columns, rows }, unicode))
    const file = `frames/${name}-${columns}x${rows}.txt`
    await expect(`${lines.map((line) => line.trimEnd()).join('\n')}\n`).toMatchFileSnapshot(file)
  })

  test('help, and what can be done about a run that stops', async () => {
    const size = { columns: 80, rows: 24 }
    const help = plain(frameOf(stateOf(sampleProgress(40), { help: true }), size, unicode))
    expect(help.join('\n')).toContain('hold the log still')
    const stopping = plain(
      frameOf(stateOf(sampleProgress(40), { stage: 'stopping' }), size, unicode),
    )
    expect(stopping.at(0)).toContain('stopping')
    expect(stopping.at(-1)).toContain('Ctrl-C leaves at once')
  })

  test('without a keyboard it offers no keys', () => {
    const state = stateOf(sampleProgress(40), { keys: false })
    const lines = plain(frameOf(state, { columns: 80, rows: 24 }, unicode))
    expect(lines.at(-1)?.trim()).toBe('Ctrl-C stops')
  })

  test('fits every screen, in every state', () => {
    const states = [
      stateOf(sampleProgress(3)),
      stateOf(troubledProgress(40)),
      stateOf(sampleProgress(40), { help: true }),
      newState({
        scenario: 'a scenario with a very long name '.repeat(5),
        seed: 1,
        speed: 1,
        keys: true,
      }),
    ]
    for (const state of states) {
      for (const columns of [10, 40, 57, 80, 100, 140, 200]) {
        for (const rows of [1, 2, 5, 9, 14, 24, 60]) {
          const lines = plain(frameOf(state, { columns, rows }, unicode))
          expect(lines.length).toBeLessThanOrEqual(rows)
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)
        }
      }
    }
  })

  test('a terminal without UTF-8 gets ASCII alone', () => {
    for (const progress of [sampleProgress(3), troubledProgress(40)]) {
      const lines = plain(frameOf(stateOf(progress), { columns: 80, rows: 24 }, ascii))
      for (const line of lines) expect(line).toMatch(/^[ -~]*$/)
    }
  })

  test('the help line stays at the bottom of the screen', () => {
    for (const rows of [8, 24, 60]) {
      const lines = plain(frameOf(stateOf(sampleProgress(40)), { columns: 80, rows }, unicode))
      expect(lines[rows - 1]).toContain('q stop')
    }
  })
})
