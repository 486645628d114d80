import { describe, expect, test } from 'vitest'
import { FakeTerminal } from '../../../test/helpers/fake-terminal.ts'
import { sampleProgress } from '../../../test/helpers/sample-progress.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { Terminal } from '../context.ts'
import { LiveView } from './live-view.ts'
import { restore } from './screen.ts'

function shown() {
  const terminal = new FakeTerminal({ columns: 80, rows: 24 })
  const clock = new VirtualClock()
  let interrupts = 0
  const view = new LiveView({
    terminal,
    clock,
    scenario: { scenario: 'city', seed: 7, speed: 60 },
    interrupt: () => {
      interrupts += 1
    },
  })
  const settle = (): void => clock.advance(1000)
  return { terminal, clock, view, settle, interrupts: () => interrupts }
}

describe('LiveView', () => {
  test('draws at once, so that nobody waits in front of nothing', () => {
    const { terminal } = shown()
    expect(terminal.written).toContain('city')
    expect(terminal.written).toContain('starting')
  })

  test('draws at most four times a second, however much happens', () => {
    const { terminal, view, clock } = shown()
    clock.advance(1000)
    terminal.clear()
    for (let ms = 0; ms < 4000; ms += 10) {
      view.log('CP1', `line ${ms}`)
      view.progress(sampleProgress(40 + ms))
      clock.advance(10)
    }
    // One is drawn at each end.
    expect(terminal.draws).toBe(4 * 4 + 1)
  })

  test('draws less often where drawing is slow', () => {
    const { terminal, clock } = shown()
    let drawingMs = 0
    const slow: Terminal = {
      colour: false,
      unicode: true,
      keys: undefined,
      columns: 80,
      rows: 24,
      onResize: () => () => undefined,
      hold: () => () => undefined,
      write: (text) => {
        terminal.write(text)
        drawingMs += 30
      },
    }
    const view = new LiveView({
      terminal: slow,
      clock: {
        wallMs: () => clock.wallMs(),
        after: (ms, fn) => clock.after(ms, fn),
        monotonicMicros: () => clock.monotonicMicros() + drawingMs * 1000,
      },
      scenario: { scenario: 'city', seed: 7, speed: 60 },
      interrupt: () => undefined,
    })
    view.progress(sampleProgress(40))
    clock.advance(1000)
    terminal.clear()
    for (let ms = 0; ms < 6000; ms += 10) {
      view.log('CP1', `line ${ms}`)
      clock.advance(10)
    }
    // 30 ms each: one in 600 ms.
    expect(terminal.draws).toBeGreaterThanOrEqual(9)
    expect(terminal.draws).toBeLessThanOrEqual(11)
  })

  test('draws nothing while nothing happens', () => {
    const { terminal, settle } = shown()
    settle()
    terminal.clear()
    settle()
    expect(terminal.draws).toBe(0)
  })

  test('q and Ctrl-C interrupt, once for each press', () => {
    const { terminal, interrupts } = shown()
    terminal.press('q')
    terminal.press('\u0003')
    terminal.press('x')
    expect(interrupts()).toBe(2)
  })

  test('p and the space bar hold the log still and let it go on', () => {
    const { terminal, view, settle } = shown()
    view.progress(sampleProgress(40))
    view.log('CP1', 'first')
    terminal.press('p')
    view.log('CP1', 'second')
    settle()
    expect(terminal.written).toContain('log paused, 1 new')
    expect(terminal.written).not.toContain('second')
    terminal.press(' ')
    settle()
    expect(terminal.written).toContain('second')
  })

  test('? opens the help and closes it', () => {
    const { terminal, view, settle } = shown()
    view.progress(sampleProgress(40))
    terminal.press('?')
    settle()
    expect(terminal.written).toContain('this help')
    terminal.clear()
    terminal.press('?')
    settle()
    expect(terminal.written).toContain('exchanges')
    expect(terminal.written).not.toContain('this help')
  })

  test('follows the size of the terminal', () => {
    const { terminal, view, settle } = shown()
    view.progress(sampleProgress(40))
    settle()
    terminal.clear()
    terminal.resize({ columns: 60, rows: 10 })
    settle()
    expect(terminal.written).toContain('\u001B[10;1H')
    expect(terminal.written).not.toContain('\u001B[11;1H')
  })

  test('gives the terminal back: screen, keys, size and guard', () => {
    const { terminal, view, settle } = shown()
    view.log('CP1', 'kept')
    expect(terminal.held).toBe(restore)
    terminal.clear()
    expect(view.close().log).toMatchObject([{ station: 'CP1', text: 'kept' }])
    expect(terminal.written).toBe(restore)
    expect(terminal.listeners).toBe(0)
    expect(terminal.held).toBeUndefined()
    settle()
    expect(terminal.written).toBe(restore)
  })
})
