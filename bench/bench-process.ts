import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { type TreeUsage, usageOfTree } from './process-tree.ts'

/** A program under measurement, at the head of a process group of its own. */
export class BenchProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #lines: AsyncIterator<string>
  readonly #name: string
  #stderr = ''

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#name = `${command} ${args[0] ?? ''}`
    this.#child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      detached: true,
    })
    this.#ended = once(this.#child, 'close')
    this.#child.stdin?.on('error', () => undefined)
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-20_000)
    })
    if (!this.#child.stdout) throw new Error('no standard output')
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]()
  }

  /** The next line it prints, one JSON value. */
  async next<Line>(): Promise<Line> {
    const line = await this.#lines.next()
    if (line.done) throw new Error(`${this.#name} ended early: ${this.#stderr}`)
    return JSON.parse(line.value) as Line
  }

  /** Writes a line to its standard input and reads one. */
  ask<Line>(): Promise<Line> {
    this.#child.stdin?.write('\n')
    return this.next<Line>()
  }

  /** All it prints until it ends. */
  async rest(): Promise<string> {
    const lines: string[] = []
    for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
      lines.push(line.value)
    }
    await this.#ended
    return lines.join('\n')
  }

  /** Resolves when its standard error matches. */
  async saysOnStderr(pattern: RegExp): Promise<void> {
    let over = false
    void this.#ended.then(() => {
      over = true
    })
    while (!pattern.test(this.#stderr)) {
      if (over) throw new Error(`${this.#name} ended early: ${this.#stderr}`)
      await sleep(0.1)
    }
  }

  get stderr(): string {
    return this.#stderr
  }

  usage(includes?: (command: string) => boolean): TreeUsage {
    return usageOfTree(this.#child.pid ?? 0, includes)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      process.kill(-(this.#child.pid ?? 0), 'SIGKILL')
    } catch {
      // Ended already.
    }
    await this.#ended
  }
}

export const sleep = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000))
