import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { describeScript } from '../csms/script/describe-script.ts'
import { loadServeScript } from '../csms/script/load-serve-script.ts'
import type { ServeScript } from '../csms/script/plan.ts'
import { failureText, type ScriptVerdict } from '../csms/script/verdict.ts'
import { formatProblems } from '../document/problem.ts'
import { whyUnreadable } from '../document/unreadable.ts'
import { scriptJunit } from '../report/script-junit.ts'
import { makeFolderFor, writeWhole } from '../report/write-file.ts'
import { codeOf, csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import type { CliContext } from './context.ts'

/** What `csms serve` was told of a script. */
export interface ScriptOptions {
  readonly script?: string
  readonly set?: Readonly<Record<string, string>>
  readonly json?: boolean
  readonly junit?: string
  readonly dryRun?: boolean
}

/**
 * The checked script that `--script` names. Throws `CSMS_SCRIPT_NOT_FOUND`, `CSMS_SCRIPT_INVALID`
 * with every problem of the file, or `CSMS_USAGE`.
 */
export async function readScript(
  ctx: CliContext,
  options: ScriptOptions,
): Promise<ServeScript | undefined> {
  const { script: file, set = {} } = options
  if (file === undefined) {
    refuseAlone(options)
    return undefined
  }
  const text = await readText(ctx, file)
  const folder = file === '-' ? ctx.cwd : dirname(resolve(ctx.cwd, file))
  const loaded = loadServeScript({ file, text, folder }, set, ctx.env)
  if ('script' in loaded) return loaded.script
  const report = formatProblems(file, text, loaded.problems)
  throw csmsError('CSMS_SCRIPT_INVALID', { file, report })
}

/** `--dry-run`: what the script comes to; nothing listens. */
export function tellScript(ctx: CliContext, script: ServeScript): void {
  ctx.stdout.write(`${describeScript(script)}\n`)
  ctx.exit(exitCodes.passed)
}

/** Prints and writes what came of a script, and sets the exit code. */
export async function tellVerdict(
  ctx: CliContext,
  verdict: ScriptVerdict,
  { json, junit }: ScriptOptions,
): Promise<void> {
  ctx.stdout.write(json ? `${JSON.stringify(verdict, null, 2)}\n` : verdictText(verdict))
  ctx.exit(verdict.exitCode)
  if (junit === undefined) return
  const path = resolve(ctx.cwd, junit)
  await makeFolderFor(path)
  await writeWhole(path, () => scriptJunit(verdict))
}

function verdictText({ name, passed, seconds, reasons, stations }: ScriptVerdict): string {
  const failed = stations.filter(({ outcome }) => outcome === 'failed')
  const rows = stations.map((station) => {
    const answers = Object.entries(station.answers).map(([action, times]) => `${times} x ${action}`)
    const given = answers.length === 0 ? '' : `, answered by the script: ${answers.join(', ')}`
    const why = station.outcome === 'failed' ? `, ${failureText(station)}` : ''
    const outcome = station.outcome === 'calledOff' ? 'called off' : station.outcome
    return `  ${station.id.padEnd(14)} ${station.version}  ${outcome}${why}${given}`
  })
  const own = new Set(failed.map(failureText))
  const others = reasons.filter((reason) => !own.has(reason)).map((reason) => `  ${reason}`)
  const head = `${name}: ${passed ? 'passed' : 'FAILED'} after ${seconds.toFixed(1)} s`
  return `${[head, ...rows, ...others].join('\n')}\n`
}

async function readText(ctx: CliContext, file: string): Promise<string> {
  if (file === '-') return ctx.stdin()
  try {
    return await readFile(resolve(ctx.cwd, file), 'utf8')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') throw csmsError('CSMS_SCRIPT_NOT_FOUND', { file }, error)
    const report = `Cannot read ${file}: ${whyUnreadable(error)}.`
    throw csmsError('CSMS_SCRIPT_INVALID', { file, report }, error)
  }
}

function refuseAlone({ set, json, junit, dryRun }: ScriptOptions): void {
  const given = [
    ...(set ? ['--set'] : []),
    ...(json ? ['--json'] : []),
    ...(junit === undefined ? [] : ['--junit']),
    ...(dryRun ? ['--dry-run'] : []),
  ]
  const [first] = given
  if (first === undefined) return
  throw csmsError('CSMS_USAGE', { message: `${first} is about a script: name one with --script.` })
}
