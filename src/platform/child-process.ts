import { type ChildProcess, fork } from 'node:child_process'
import type { Server, Socket } from 'node:net'
import os from 'node:os'
import { type ChildModule, startOf } from './child-modules.ts'

/** Why a child ended that nobody had told to. */
export interface ChildEnd {
  readonly code: number | null
  readonly signal: string | null
  /** The last lines it wrote to standard error. */
  readonly lastWords: string
}

export interface ChildOptions<Message> {
  readonly message: (message: Message) => void
  /** Called once, however it ended. */
  readonly ended: (end: ChildEnd) => void
}

/** How much of a child's standard error is kept for the sentence that reports its death. */
const lastWordsLength = 4096

/**
 * MiB of each half of V8's young generation; it grows to that only under load. At 10,000 exchanges/s
 * the default of 16 made the generator's lag p99 41 to 85 ms (many short collections, and young
 * objects that grew old), 64 made it 25 to 70 over a minute, 128 made it 17, for up to 150 MiB more a
 * process.
 */
const semiSpaceMib = 128

/**
 * Threads on which V8 collects garbage beside a process. Its own choice is 4 whatever the machine:
 * on 2 cores those of one process took the cores from the other, and the lag p99 was 58 ms where it
 * is 17 with one.
 */
const collectorThreads = Math.max(1, Math.min(4, os.availableParallelism() >> 1))

/**
 * Another process of csms with a typed channel to it. The child ends by itself when the channel
 * breaks, so it outlives no parent, however that one died.
 */
export class Child<Incoming, Outgoing extends object> {
  readonly #process: ChildProcess
  #alive = true

  constructor(module: ChildModule, options: ChildOptions<Incoming>) {
    const { path, execArgv } = startOf(module)
    this.#process = fork(path, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [
        `--max-semi-space-size=${semiSpaceMib}`,
        `--v8-pool-size=${collectorThreads}`,
        ...execArgv,
      ],
    })
    let lastWords = ''
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      lastWords = (lastWords + text).slice(-lastWordsLength)
    })
    this.#process.on('message', (message) => options.message(message as Incoming))
    this.#process.on('error', (error) => {
      lastWords += error.message
    })
    // 'close' comes after standard error was read to its end.
    this.#process.once('close', (code, signal) => {
      this.#alive = false
      options.ended({ code, signal, lastWords: lastWords.trim() })
    })
  }

  get alive(): boolean {
    return this.#alive
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /**
   * @param socket goes along and belongs to the child from then on. Until the child has it this
   *   process may still read from it, so that the child begins at the message that comes next.
   */
  send(message: Outgoing, socket?: Socket): void {
    if (!this.#alive || !this.#process.connected) {
      socket?.destroy()
      return
    }
    // A child that dies meanwhile is reported by `ended`, not here.
    this.#process.send(message, socket, () => undefined)
  }

  /** Lets the child accept beside this process; resolves when it can, or will never. */
  share(message: Outgoing, server: Server): Promise<void> {
    return new Promise((resolve) => {
      if (this.#alive && this.#process.connected) {
        this.#process.send(message, server, () => resolve())
      } else {
        resolve()
      }
    })
  }

  kill(): void {
    if (this.#alive) this.#process.kill('SIGKILL')
  }
}
