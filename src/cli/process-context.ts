import process from 'node:process'
import { exitCodes } from '../shared/exit-codes.ts'
import type { CliContext, Output } from './context.ts'
import { GatheredOutput } from './gathered-output.ts'
import { processTerminal } from './process-terminal.ts'

/** The context of the real process. */
export function processContext(): CliContext {
  const { env, stdin } = process
  const [stdout, stderr] = outputs()
  return {
    argv: process.argv.slice(2),
    env,
    cwd: process.cwd(),
    stdout,
    stderr,
    stdin: async () => {
      const { text } = await import('node:stream/consumers')
      return text(stdin)
    },
    colour: wantsColour(env, stdout.isTTY),
    columns: process.stdout.columns ?? 80,
    terminal: processTerminal(wantsColour(env, stderr.isTTY)),
    exit(code) {
      process.exitCode = code
    },
    leave: (code) => process.exit(code),
    onInterrupt(fn) {
      process.on('SIGINT', fn).on('SIGTERM', fn)
      return () => process.off('SIGINT', fn).off('SIGTERM', fn)
    },
  }
}

/** Standard output and standard error; what is said on both appears in the order it was said in. */
function outputs(): readonly [Output, Output] {
  const { stdout, stderr } = process
  for (const stream of [stdout, stderr]) endOnErrors(stream)
  const error = { isTTY: stderr.isTTY, write: (text: string) => stderr.write(text) }
  if (stdout.isTTY) return [{ isTTY: true, write: (text) => stdout.write(text) }, error]
  const gathered = new GatheredOutput((text) => stdout.write(text), setImmediate)
  process.on('exit', () => gathered.flush())
  const write = (text: string): void => {
    gathered.flush()
    error.write(text)
  }
  return [gathered, { ...error, write }]
}

/**
 * A reader that went away (`csms … | head`) ends the output, not the command with an error. What
 * cannot be written for another reason (a full disk) ends the command: nobody would see its result.
 */
function endOnErrors(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    if (stream === process.stdout) {
      process.stderr.write(`Cannot write to standard output: ${error.code ?? error.message}.\n`)
    }
    process.exit(exitCodes.internalFault)
  })
}

/** NO_COLOR (any value) wins over FORCE_COLOR, which wins over what the terminal is. */
export function wantsColour(env: CliContext['env'], isTTY: boolean): boolean {
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true
  return isTTY && env['TERM'] !== 'dumb'
}
