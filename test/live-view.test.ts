import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from './helpers/cli.ts'

/*
 * The built csms on a pseudo-terminal, which util-linux's `script` makes. Where there is none, these
 * are skipped, and counted so.
 */
const canPretend =
  process.platform === 'linux' && spawnSync('script', ['--version']).stdout?.includes('util-linux')

const entered = '\u001B[?1049h'
const restored = '\u001B[?7h\u001B[?25h\u001B[?1049l'

let out = ''
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'csms-live-'))
})
afterAll(() => rm(out, { recursive: true, force: true }))

/** A shell on a terminal of 80x24 that runs csms, then tells its exit code and the terminal's mode. */
class TerminalRun implements AsyncDisposable {
  shown = ''
  readonly #script: ChildProcess
  readonly #closed: Promise<unknown>
  readonly #looks = new Set<() => void>()

  constructor(...options: readonly string[]) {
    const csms = `${process.execPath} ${root}/bin/csms.js simulate scenarios/traffic.yaml`
    // The inner shell becomes csms, so that its process id is known.
    const run = `sh -c 'echo pid=$$; exec ${csms} --out ${out} ${options.join(' ')}'`
    const after = `echo code=$?; stty -a | tr ' ;' '\\n\\n' | grep -x -e '-*isig' -e '-*echo' -e '-*icanon'`
    const { CI: _, ...env } = process.env
    this.#script = spawn(
      'script',
      ['-q', '-e', '-c', `stty rows 24 cols 80; ${run}; ${after}`, '/dev/null'],
      {
        cwd: root,
        env: { ...env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' },
        detached: true,
      },
    )
    this.#closed = once(this.#script, 'close')
    this.#script.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.shown += text
      for (const look of this.#looks) look()
    })
  }

  press(keys: string): void {
    this.#script.stdin?.write(keys)
  }

  kill(): void {
    process.kill(Number(/pid=(\d+)/.exec(this.shown)?.[1]), 'SIGKILL')
  }

  until(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (!this.shown.includes(text)) return
        this.#looks.delete(look)
        resolve()
      }
      this.#looks.add(look)
      look()
      void this.#closed.then(() => reject(new Error(`ended before ${text}: ${this.shown}`)))
    })
  }

  /** Waits for its end: what the shell told after csms. */
  async end(): Promise<{ code: number; mode: readonly string[] }> {
    await this.#closed
    const told = this.shown.slice(this.shown.lastIndexOf('code='))
    const [code = '', ...mode] = told.trim().split(/\s+/)
    return { code: Number(code.slice('code='.length)), mode: mode.sort() }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      process.kill(-(this.#script.pid ?? 0), 'SIGKILL')
    } catch {
      // All gone already.
    }
    await this.#closed
  }
}

const asFound = ['echo', 'icanon', 'isig']

describe.skipIf(!canPretend)('the live view on a terminal', () => {
  test('gives way to the summary, and leaves the terminal as it was', async () => {
    await using run = new TerminalRun()
    await run.until('steady')
    const { code, mode } = await run.end()
    expect(run.shown.split(entered)).toHaveLength(2)
    expect(run.shown.split(restored)).toHaveLength(2)
    const left = stripVTControlCharacters(run.shown.slice(run.shown.lastIndexOf(restored)))
    expect(left).toMatch(/Run \w+: 40 stations[^]*(PASS|INVALID) {2}traffic[^]*report \.\.\./)
    // 5: this machine was too busy to measure, which is no word about the view.
    expect([0, 5]).toContain(code)
    expect(mode).toEqual(asFound)
  })

  test('q stops gracefully: the report is written', async () => {
    await using run = new TerminalRun('--duration', '60s')
    await run.until('steady')
    run.press('q')
    const { code, mode } = await run.end()
    expect(run.shown).toContain('ABORTED')
    expect(run.shown).toContain('report ...')
    expect(code).toBe(105)
    expect(mode).toEqual(asFound)
  })

  test('Ctrl-C twice leaves at once, and the terminal as it was', async () => {
    await using run = new TerminalRun('--duration', '60s')
    await run.until('steady')
    run.press('\u0003')
    run.press('\u0003')
    const { code, mode } = await run.end()
    expect(run.shown.split(restored)).toHaveLength(2)
    expect(run.shown).not.toContain('report ...')
    expect(code).toBe(105)
    expect(mode).toEqual(asFound)
  })

  test('the terminal is restored even where csms is killed', async () => {
    await using run = new TerminalRun('--duration', '60s')
    await run.until('steady')
    run.kill()
    await run.until(restored)
    const { code } = await run.end()
    expect(code).toBe(137)
  })

  test('--no-ui prints lines', async () => {
    await using run = new TerminalRun('--no-ui', '--duration', '6s')
    const { mode } = await run.end()
    expect(run.shown).not.toContain(entered)
    expect(run.shown).toMatch(/^0:\d\d [\w-]+ {2}connected/m)
    expect(mode).toEqual(asFound)
  })
})
