import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname, extname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stepHelp } from '../document/step-reference.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import { packageRoot } from '../platform/package-root.ts'
import { unwritable } from '../report/write-file.ts'
import { CsmsError, codeOf, csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { nearestName } from '../shared/nearest.ts'
import {
  executorDefinitions,
  executorNames,
  findExecutor,
} from '../simulator/executors/registry.ts'
import { counted } from '../simulator/scenario/counted.ts'
import { executorHelp } from '../simulator/scenario/executor-reference.ts'
import { type ProvisionFormat, provision } from '../simulator/scenario/provision.ts'
import { stepGroups, stepTable } from '../simulator/steps/registry.ts'
import type { CliContext } from './context.ts'
import { fold } from './fold.ts'
import { loadPlan } from './scenario-file.ts'

export interface ValidateOptions {
  readonly protocol?: OcppVersion
  readonly set?: Readonly<Record<string, string>>
}

export interface StationsOptions {
  readonly format: ProvisionFormat
  readonly set?: Readonly<Record<string, string>>
}

/** Checks each file, also after a bad one. */
export async function validateScenarios(
  ctx: CliContext,
  files: readonly string[],
  { protocol, set }: ValidateOptions,
): Promise<void> {
  for (const file of files) {
    try {
      const { fleets } = await loadPlan(ctx, file, {
        ...(protocol !== undefined && { protocol }),
        ...(set !== undefined && { vars: set }),
      })
      const count = fleets.reduce((sum, fleet) => sum + fleet.count, 0)
      const what = `${counted(count, 'station')} in ${counted(fleets.length, 'fleet')}`
      ctx.stdout.write(`${file} is sound: ${what}.\n`)
    } catch (error) {
      if (!(error instanceof CsmsError)) throw error
      ctx.stderr.write(`${error.message}\n`)
      ctx.exit(error.exit)
    }
  }
}

/** All steps with a line each, or one with its keys. */
export function showSteps(ctx: CliContext, name: string | undefined): void {
  if (name === undefined) {
    const width = Math.max(...Object.keys(stepTable).map((known) => known.length))
    const groups = stepGroups.map(({ title, steps }) => {
      const lines = steps.map((step) => `  ${step.name.padEnd(width)}  ${step.summary}\n`)
      return `${title}\n${lines.join('')}`
    })
    ctx.stdout.write(fold(groups.join('\n'), ctx.columns))
    return
  }
  const step = Object.hasOwn(stepTable, name) ? stepTable[name] : undefined
  if (step) {
    ctx.stdout.write(fold(stepHelp(step), ctx.columns))
    return
  }
  const near = nearestName(name, Object.keys(stepTable))
  const hint = near === undefined ? '"csms scenario steps" lists them.' : `Did you mean "${near}"?`
  throw csmsError('CSMS_USAGE', { message: `There is no step "${name}". ${hint}` })
}

export function showExecutors(ctx: CliContext, name: string | undefined): void {
  if (name === undefined) {
    const width = Math.max(...executorNames.map((known) => known.length))
    for (const known of executorDefinitions) {
      const line = `  ${known.name.padEnd(width)}  ${known.summary}`
      ctx.stdout.write(`${fold(line, ctx.columns)}\n`)
    }
    return
  }
  const executor = findExecutor(name)
  if (executor) {
    ctx.stdout.write(fold(executorHelp(executor), ctx.columns))
    return
  }
  const near = nearestName(name, executorNames)
  const hint =
    near === undefined ? '"csms scenario executors" lists them.' : `Did you mean "${near}"?`
  throw csmsError('CSMS_USAGE', { message: `There is no executor "${name}". ${hint}` })
}

const packageFolder = fileURLToPath(packageRoot)

/** Writes the shipped quickstart under the name of the new file, with the schema where it is. */
export async function initScenario(ctx: CliContext, file: string, force: boolean): Promise<void> {
  const path = resolve(ctx.cwd, file)
  const name = basename(path, extname(path)).replace(/^[^A-Za-z0-9]+|[^\w .-]/g, '') || 'scenario'
  const schema = relative(dirname(path), resolve(packageFolder, 'schemas/scenario.schema.json'))
  const shipped = await readFile(resolve(packageFolder, 'scenarios/quickstart.yaml'), 'utf8')
  const text = shipped
    .replace('$schema=../schemas/scenario.schema.json', `$schema=${schema.replaceAll('\\', '/')}`)
    .replaceAll('scenarios/quickstart.yaml', file)
    .replace('name: quickstart', `name: ${name}`)
  try {
    await writeFile(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw unwritable(file, error)
    const message = `${file} is there already. Choose another name, or --force to overwrite it.`
    throw csmsError('CSMS_USAGE', { message }, error)
  }
  const shown = /\s/.test(file) ? JSON.stringify(file) : file
  ctx.stdout.write(`Wrote ${file}. Run it with: csms simulate ${shown}\n`)
  ctx.exit(exitCodes.passed)
}

/** Streams: a scenario may have a million stations. */
export async function printStations(
  ctx: CliContext,
  file: string,
  { format, set }: StationsOptions,
): Promise<void> {
  const plan = await loadPlan(ctx, file, set === undefined ? {} : { vars: set })
  for (const text of provision(plan, format)) ctx.stdout.write(text)
}
