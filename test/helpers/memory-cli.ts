import type { CliContext, Terminal } from '../../src/cli/context.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import type { ExitCode } from '../../src/shared/exit-codes.ts'

export interface CliRun {
  readonly code: ExitCode
  readonly stdout: string
  readonly stderr: string
}

export interface CliSetting {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** An error: reading it fails. */
  readonly stdin?: string | Error
  /** What standard error is; undefined: no terminal. */
  readonly terminal?: Terminal
}

/** A command line that runs inside the test. */
export class MemoryCli {
  stdout = ''
  stderr = ''
  code: ExitCode = 0
  /** Set by `leave`. */
  left: ExitCode | undefined
  readonly ended: Promise<CliRun>
  readonly #interrupts = new Set<(signal: string) => void>()
  readonly #looks = new Set<() => void>()

  constructor(
    argv: readonly string[],
    { env = {}, cwd = '/', stdin = '', terminal }: CliSetting = {},
  ) {
    const context: CliContext = {
      argv,
      env,
      cwd,
      stdout: { isTTY: false, write: (text) => this.#wrote('stdout', text) },
      stderr: { isTTY: false, write: (text) => this.#wrote('stderr', text) },
      stdin: () => (stdin instanceof Error ? Promise.reject(stdin) : Promise.resolve(stdin)),
      colour: false,
      columns: 80,
      terminal,
      exit: (code) => {
        this.code = code
      },
      leave: (code) => {
        this.left = code
      },
      onInterrupt: (fn) => {
        this.#interrupts.add(fn)
        return () => this.#interrupts.delete(fn)
      },
    }
    this.ended = runCli(context).then(() => this)
  }

  interrupt(): void {
    for (const fn of this.#interrupts) fn('SIGINT')
  }

  /** The first match in what was written to standard output, already or later. */
  output(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve) => {
      const look = (): void => {
        const match = pattern.exec(this.stdout)
        if (!match) return
        this.#looks.delete(look)
        resolve(match)
      }
      this.#looks.add(look)
      look()
    })
  }

  #wrote(stream: 'stdout' | 'stderr', text: string): void {
    this[stream] += text
    for (const look of this.#looks) look()
  }
}

/** Runs a command line in memory to its end. */
export function runInMemory(argv: readonly string[], setting?: CliSetting): Promise<CliRun> {
  return new MemoryCli(argv, setting).ended
}
