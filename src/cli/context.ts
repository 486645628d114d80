import type { ExitCode } from '../shared/exit-codes.ts'

/** Where a command writes: a stream, or an array in a test. */
export interface Output {
  write(text: string): void
  readonly isTTY: boolean
}

/** The terminal of standard error, for what is drawn rather than printed. */
export interface Terminal {
  readonly columns: number
  readonly rows: number
  readonly colour: boolean
  /** It shows UTF-8. */
  readonly unicode: boolean
  write(text: string): void
  /** Returns how to stop listening. */
  onResize(fn: () => void): () => void
  /**
   * Hands over every key that is pressed, unechoed, Ctrl-C too, until the returned function is called.
   * Undefined: nobody can press any.
   */
  readonly keys: ((pressed: (key: string) => void) => () => void) | undefined
  /**
   * Writes `restore` should the process end before the returned function is called, whatever ends it,
   * and lets keys echo again.
   */
  hold(restore: string): () => void
}

/**
 * Everything a command takes from the process it runs in. Commands touch nothing else, so that a
 * test runs the whole command line in memory.
 */
export interface CliContext {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Data: what a script reads. */
  readonly stdout: Output
  /** Progress, notes and errors: what people read. */
  readonly stderr: Output
  /** All of standard input as text. */
  readonly stdin: () => Promise<string>
  /** ANSI colours on standard output are wanted. */
  readonly colour: boolean
  /** Sets the code the process ends with. */
  exit(code: ExitCode): void
  /** Ends the process at once. */
  leave(code: ExitCode): void
  /** Columns of the terminal. */
  readonly columns: number
  /** Undefined where standard error is none. */
  readonly terminal: Terminal | undefined
  /** Calls `fn` on every SIGINT and SIGTERM instead of dying; returns how to stop listening. */
  onInterrupt(fn: (signal: string) => void): () => void
}
