import { dirname, resolve } from 'node:path'
import type { Hook } from '../conformance/hooks/hook.ts'
import type { Errand, HooksPlan } from '../conformance/hooks/plan.ts'
import { PlannedHook } from '../conformance/hooks/planned-hook.ts'
import { type PresetName, presets } from '../conformance/hooks/presets/registry.ts'
import { shownUrl } from '../conformance/hooks/ways/send-http.ts'
import type { Tools } from '../conformance/hooks/ways/tools.ts'
import { realClock } from '../platform/real-clock.ts'
import { csmsError } from '../shared/errors.ts'
import { readHooks } from './conformance-files.ts'
import type { CliContext } from './context.ts'

/** What is to make the CSMS act, as it was said. */
export interface HookOptions {
  readonly hooks?: string
  readonly preset?: PresetName
  readonly api?: string
  readonly apiKey?: string
  readonly hookMode: 'auto' | 'manual' | 'skip'
  readonly fixtures?: string
}

/** What makes a CSMS act, and what prepares it. */
export interface HookSettings {
  readonly hooks: readonly Hook[]
  readonly provision: readonly Preparation[]
  readonly teardown: readonly Preparation[]
  /** Where orders are sent to. */
  readonly apis: readonly Api[]
}

/** An API, with what requests to it are made by. */
export interface Api {
  readonly api: string
  readonly tools: Tools
}

/** Errands with what they are done by. */
export interface Preparation {
  readonly errands: readonly Errand[]
  readonly api: string | undefined
  readonly tools: Tools
}

/** How long a person may take unless a file says otherwise, milliseconds. */
const standardManualMs = 120_000
const standardTimeoutMs = 30_000

/**
 * The hooks of a run, those that are said first: a file, an API that is known, a person.
 *
 * @param ca PEM of authorities that APIs may come from, beside the usual ones
 * @throws CSMS_CONFORMANCE_FILE_INVALID, CSMS_USAGE
 */
export async function hookSettings(
  ctx: CliContext,
  options: HookOptions,
  ca?: string,
): Promise<HookSettings> {
  const { hooks: file, preset, api, hookMode } = options
  refuseHalf(ctx, options)
  if (hookMode === 'skip') return { hooks: [], provision: [], teardown: [], apis: [] }
  const named = file === undefined ? [] : [await readHooks(ctx, file)]
  const known = api === undefined ? [] : [presetPlan(preset ?? 'csms', api, options.apiKey)]
  const person = hookMode === 'manual' ? [personPlan] : []
  const plans = [...named, ...known, ...person].map((plan) => ({
    plan,
    tools: { ...toolsOf(ctx, plan), ca },
  }))
  const errands = (when: 'provision' | 'teardown') =>
    plans.map(({ plan, tools }) => ({
      errands: errandsOf(plan, when, options.fixtures === undefined),
      api: plan.api,
      tools,
    }))
  return {
    hooks: plans.map(({ plan, tools }) => new PlannedHook(plan, tools, asking(ctx))),
    provision: errands('provision'),
    teardown: errands('teardown'),
    apis: plans.flatMap(({ plan: { api }, tools }) => (api === undefined ? [] : [{ api, tools }])),
  }
}

/** Options that mean nothing alone. */
function refuseHalf(ctx: CliContext, { preset, api, apiKey, hookMode }: HookOptions): void {
  const orphan = preset !== undefined ? '--preset' : apiKey !== undefined ? '--api-key' : undefined
  if (api === undefined && orphan !== undefined) {
    throw csmsError('CSMS_USAGE', { message: `error: ${orphan} is about an API: say --api <url>.` })
  }
  if (hookMode === 'manual' && ctx.terminal === undefined) {
    const message = 'error: --hook-mode manual asks somebody, and nobody is at a terminal.'
    throw csmsError('CSMS_USAGE', { message })
  }
}

/** A file that says nothing of it leaves it to its preset, which makes only tokens of our own names. */
function errandsOf(
  plan: HooksPlan,
  when: 'provision' | 'teardown',
  ownTokens: boolean,
): readonly Errand[] {
  const isSaid = plan.provision.length > 0 || plan.teardown.length > 0
  if (isSaid || plan.preset === undefined || !ownTokens) return plan[when]
  return presets[plan.preset][when] ?? []
}

function toolsOf({ cwd }: CliContext, { file, timeoutMs, headers }: HooksPlan): Tools {
  return { clock: realClock, timeoutMs, headers, folder: dirname(resolve(cwd, file)) }
}

const emptyPlan: HooksPlan = {
  file: '',
  preset: undefined,
  api: undefined,
  headers: {},
  timeoutMs: standardTimeoutMs,
  manualMs: standardManualMs,
  operations: {},
  provision: [],
  teardown: [],
}

function presetPlan(preset: PresetName, api: string, apiKey: string | undefined): HooksPlan {
  return {
    ...emptyPlan,
    file: `${preset} at ${shownUrl(api)}`,
    preset,
    api,
    headers: apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` },
  }
}

const personPlan: HooksPlan = {
  ...emptyPlan,
  file: 'you',
  operations: { '*': { kind: 'manual', words: undefined } },
}

/** Shows a person what to do, above the line that a terminal draws. */
function asking({ stderr, terminal }: CliContext): (words: string) => void {
  return (words) => {
    terminal?.write('\r\u001B[2K')
    stderr.write(`> ${words}\n`)
  }
}
