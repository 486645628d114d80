import { describe, expect, test } from 'vitest'
import { FakeTerminal } from '../../test/helpers/fake-terminal.ts'
import { sampleProgress } from '../../test/helpers/sample-progress.ts'
import type { CliContext, Terminal } from './context.ts'
import { type DisplayOptions, openDisplay } from './run-display.ts'

const scenario = { name: 'city', seed: 1, speed: 1 }

function setUp(terminal: Terminal | undefined, env: CliContext['env'] = {}) {
  let written = ''
  const ctx = {
    env,
    terminal,
    stderr: {
      isTTY: terminal !== undefined,
      write: (text: string) => {
        written += text
      },
    },
  }
  const open = (options: Partial<DisplayOptions> = {}) =>
    openDisplay(ctx, scenario, { ui: true, ...options }, () => undefined)
  return { open, written: () => written }
}

function fake(): FakeTerminal {
  return new FakeTerminal({ columns: 80, rows: 24 })
}

describe('what is shown of a run', () => {
  test('a live view on a terminal; what was logged is left behind', async () => {
    const terminal = fake()
    const { open, written } = setUp(terminal)
    const display = await open()
    expect(terminal.written).toContain('city')
    display.observer.note('Run 1.')
    display.observer.log('CP1', 'hello')
    expect(written()).toBe('')
    display.close()
    expect(written()).toBe('Run 1.\nCP1: hello\n')
  })

  test('of a long log the end is left behind, and how much is missing', async () => {
    const { open, written } = setUp(fake())
    const display = await open()
    for (let i = 0; i < 1500; i += 1) display.observer.log('CP1', `line ${i}`)
    display.close()
    expect(written()).toMatch(
      /^\(1,000 earlier lines are gone; --no-ui prints all.\)\nCP1: line 1000\n/,
    )
  })

  test.each<[string, CliContext['env'], Partial<DisplayOptions>]>([
    ['--quiet', {}, { quiet: true }],
    ['--json', {}, { json: true }],
    ['--no-ui', {}, { ui: false }],
    ['CI', { CI: 'true' }, {}],
    ['a dumb terminal', { TERM: 'dumb' }, {}],
  ])('no live view with %s', async (_name, env, options) => {
    const terminal = fake()
    const display = await setUp(terminal, env).open(options)
    display.observer.progress(sampleProgress(40))
    display.close()
    expect(terminal.written).toBe('')
  })

  test('lines where there is no terminal', async () => {
    const { open, written } = setUp(undefined)
    const display = await open()
    display.observer.progress(sampleProgress(40))
    display.stopping()
    expect(written()).toMatch(/^0:40 steady .*\nStopping: draining/)
  })

  test('--quiet prints no progress, but answers who presses Ctrl-C', async () => {
    const { open, written } = setUp(undefined)
    const display = await open({ quiet: true })
    display.observer.progress(sampleProgress(40))
    display.observer.note('Run 1.')
    expect(written()).toBe('')
    display.stopping()
    expect(written()).toContain('Stopping')
  })
})
