import { readFileSync, writeSync } from 'node:fs'
import process from 'node:process'
import type { CliContext, Terminal } from './context.ts'
import { guardTerminal } from './terminal-guard.ts'

/** The terminal behind standard error; undefined where there is none, or another job has it. */
export function processTerminal(colour: boolean): Terminal | undefined {
  const { stdin, stderr, env, platform } = process
  if (!stderr.isTTY || isInBackground()) return undefined
  return {
    get columns() {
      return stderr.columns
    },
    get rows() {
      return stderr.rows
    },
    colour,
    unicode: speaksUtf8(env, platform),
    write: (text) => stderr.write(text),
    onResize(fn) {
      stderr.on('resize', fn)
      return () => stderr.off('resize', fn)
    },
    keys: stdin.isTTY ? listenToKeys : undefined,
    hold(restore) {
      const release = stdin.isTTY ? guardTerminal(restore) : () => undefined
      const atExit = (): void => {
        writeSync(stderr.fd, restore)
        release()
      }
      process.on('exit', atExit)
      return () => {
        process.off('exit', atExit)
        release()
      }
    },
  }
}

function listenToKeys(pressed: (key: string) => void): () => void {
  const { stdin } = process
  const listen = (text: string): void => {
    // Arrows and the like begin with an escape, and contain letters.
    if (!text.startsWith('\u001B')) for (const key of text) pressed(key)
  }
  stdin.setEncoding('utf8').setRawMode(true).on('data', listen).resume()
  return () => {
    stdin.off('data', listen).pause().setRawMode(false)
  }
}

/** By locale, as the C library decides it. */
export function speaksUtf8(env: CliContext['env'], platform: NodeJS.Platform): boolean {
  if (platform === 'win32') return env['WT_SESSION'] !== undefined
  if (env['TERM'] === 'linux') return false
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  return /utf-?8/i.test(locale)
}

/**
 * Whether another job of the shell has the terminal (`csms … &`): to draw on it would be rude, to
 * switch off its echo would stop this process. Only Linux tells.
 */
function isInBackground(): boolean {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    // After the name, which may hold anything: state, parent, group, session, terminal, its group.
    const [, , group, , , foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return group !== foreground
  } catch {
    return false
  }
}
