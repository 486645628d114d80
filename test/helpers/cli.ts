import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export const root = join(import.meta.dirname, '../..')

export interface CliOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  readonly stdin?: string
}

export interface CliResult {
  /** Null where a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The built `csms` as a user runs it, at the head of a process group of its own. */
export class Cli implements AsyncDisposable {
  stdout = ''
  stderr = ''
  readonly #process: ChildProcess
  readonly #closed: Promise<unknown>
  readonly #looks = new Set<() => void>()
  /** It has ended, and all that it printed was read. */
  #over = false

  constructor(args: readonly string[], { cwd = root, env = {}, stdin = '' }: CliOptions = {}) {
    this.#process = spawn(process.execPath, [join(root, 'bin/csms.js'), ...args], {
      cwd,
      env: { ...process.env, ...env },
      detached: true,
    })
    this.#closed = once(this.#process, 'close')
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
      this.#look()
    })
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
      this.#look()
    })
    this.#process.stdin?.on('error', () => undefined).end(stdin)
    void this.#closed.then(() => {
      this.#over = true
      this.#look()
    })
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  /** Sends a signal to the whole group, as a terminal does on Ctrl-C. */
  interrupt(): void {
    process.kill(-this.pid, 'SIGINT')
  }

  /** The first match on either stream, already or later; throws when the program ends first. */
  until(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(this.stdout) ?? pattern.exec(this.stderr)
        if (!match && !this.#over) return
        this.#looks.delete(look)
        if (match) resolve(match)
        else reject(new Error(`ended before it printed ${pattern}: ${this.stdout}${this.stderr}`))
      }
      this.#looks.add(look)
      look()
    })
  }

  async result(): Promise<CliResult> {
    await this.#closed
    return { code: this.#process.exitCode, stdout: this.stdout, stderr: this.stderr }
  }

  /** Whether all processes of the group are gone, a moment after the first was. */
  async leavesNothingBehind(): Promise<boolean> {
    await this.#closed
    for (let look = 0; look < 100; look += 1) {
      try {
        process.kill(-this.pid, 0)
      } catch {
        return true
      }
      await wait(20)
    }
    return false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      process.kill(-this.pid, 'SIGKILL')
    } catch {
      // All gone already.
    }
    await this.#closed
  }

  #look(): void {
    for (const look of this.#looks) look()
  }
}

/** Runs the built `csms` to its end. */
export async function runCli(args: readonly string[], options?: CliOptions): Promise<CliResult> {
  await using cli = new Cli(args, options)
  return await cli.result()
}
