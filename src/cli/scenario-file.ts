import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { formatProblems } from '../document/problem.ts'
import { whyUnreadable } from '../document/unreadable.ts'
import { codeOf, csmsError } from '../shared/errors.ts'
import type { ScenarioOverrides } from '../simulator/scenario/build-plan.ts'
import { loadScenario } from '../simulator/scenario/load-scenario.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import type { CliContext } from './context.ts'

/** The text of a scenario file; `-` is standard input. Throws `CSMS_SCENARIO_NOT_FOUND`. */
async function readScenarioText(ctx: CliContext, file: string): Promise<string> {
  if (file === '-') return ctx.stdin()
  try {
    return await readFile(resolve(ctx.cwd, file), 'utf8')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') throw csmsError('CSMS_SCENARIO_NOT_FOUND', { file }, error)
    const report = `Cannot read ${file}: ${whyUnreadable(error)}.`
    throw csmsError('CSMS_SCENARIO_INVALID', { file, report }, error)
  }
}

/**
 * The checked plan. Throws `CSMS_SCENARIO_INVALID` with every problem of the file.
 * @param beforeCertificates those that the file names need not be there yet
 */
export async function loadPlan(
  ctx: CliContext,
  file: string,
  overrides: ScenarioOverrides,
  beforeCertificates = false,
): Promise<Plan> {
  const text = await readScenarioText(ctx, file)
  const folder = file === '-' ? ctx.cwd : dirname(resolve(ctx.cwd, file))
  const loaded = loadScenario({ file, text, folder, beforeCertificates }, overrides, ctx.env)
  if ('plan' in loaded) return loaded.plan
  const report = formatProblems(file, text, loaded.problems)
  throw csmsError('CSMS_SCENARIO_INVALID', { file, report })
}
