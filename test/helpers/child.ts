import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** A program that prints one JSON object a line, and everything it printed so far. */
export class JsonLinesChild implements AsyncDisposable {
  readonly lines: Record<string, unknown>[] = []
  readonly process: ChildProcessWithoutNullStreams
  #stderr = ''
  readonly #waiting = new Set<() => void>()
  readonly #ended: Promise<unknown>
  /** It has ended, and all that it printed was read. */
  #over = false

  constructor(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.process = spawn(command, args, { env: { ...process.env, ...env } })
    this.#ended = once(this.process, 'close')
    this.process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text
    })
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as Record<string, unknown>)
      for (const look of this.#waiting) look()
    })
    void this.#ended.then(() => {
      this.#over = true
      for (const look of this.#waiting) look()
    })
  }

  get stderr(): string {
    return this.#stderr
  }

  /** The first line, printed already or later, that matches; throws when the program ends first. */
  until(
    matches: (line: Record<string, unknown>) => boolean,
    what: string,
  ): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const line = this.lines.find(matches)
        if (!line && !this.#over) return
        this.#waiting.delete(look)
        if (line) resolve(line)
        else reject(new Error(`ended before it printed ${what}: ${this.#stderr}`))
      }
      this.#waiting.add(look)
      look()
    })
  }

  /** Resolves to the exit code, or null where a signal ended it. */
  async ended(): Promise<number | null> {
    await this.#ended
    return this.process.exitCode
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.stdin.end()
    this.process.kill('SIGKILL')
    await this.#ended
  }
}
