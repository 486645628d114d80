import { readFile } from 'node:fs/promises'
import { formatProblems } from '../document/problem.ts'
import type { Progress } from '../report/progress.ts'
import type { Report } from '../report/result.ts'
import { csmsError } from '../shared/errors.ts'
import type { ScenarioOverrides } from '../simulator/scenario/build-plan.ts'
import { loadScenario } from '../simulator/scenario/load-scenario.ts'
import { plainTarget } from '../simulator/workers/target.ts'
import { standardConnectTimeoutMs } from './run-options.ts'
import { runPlan } from './run-plan.ts'

/** What to run: a file, or its text. */
export type ScenarioInput = { readonly file: string } | { readonly text: string }

export interface RunScenarioOptions extends ScenarioOverrides {
  /**
   * `ws://` or `wss://` URL, `{id}` in it or its end is the identity; of several the stations take
   * turns. Default: embedded.
   */
  readonly target?: string | readonly string[]
  /** Sent with every upgrade. */
  readonly headers?: Readonly<Record<string, string>>
  /** Operator's API of the target, for `command` steps. */
  readonly api?: string
  /** Key of that API, where it takes one. */
  readonly apiKey?: string
  /** URL of the target's books. */
  readonly books?: string
  /** Default: what fits the machine. */
  readonly workers?: number
  /** Of the embedded CSMS. Default: what fits the machine. */
  readonly processes?: number
  /** Folder that the report's folder is made in. Default: nothing is written. */
  readonly out?: string
  /** Default 15,000. */
  readonly connectTimeoutMs?: number
  /** For `${NAME}` in the file. Default: the process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Cuts the run short: it drains and reports. */
  readonly signal?: AbortSignal
  /** Once a second. */
  readonly progress?: (progress: Progress) => void
}

/**
 * Runs a scenario and resolves to its report, whatever the verdict. Rejects with
 * `CSMS_SCENARIO_NOT_FOUND` or `CSMS_SCENARIO_INVALID`, where the run cannot start at all, and with
 * `CSMS_OUTPUT_UNWRITABLE` where its report could not be kept.
 */
export async function runScenario(
  input: ScenarioInput,
  options: RunScenarioOptions = {},
): Promise<Report> {
  const source = 'text' in input ? { file: 'scenario', ...input } : await readSource(input.file)
  const loaded = loadScenario(source, options, options.environment ?? process.env)
  if ('problems' in loaded) {
    const report = formatProblems(source.file, source.text, loaded.problems)
    throw csmsError('CSMS_SCENARIO_INVALID', { file: source.file, report })
  }
  const { target, headers = {}, signal, progress } = options
  const targets = typeof target === 'string' ? [target] : target
  const { report, unwritten } = await runPlan({
    plan: loaded.plan,
    target: targets && plainTarget(targets, headers),
    api: options.api,
    apiKey: options.apiKey,
    books: options.books,
    workers: options.workers,
    processes: options.processes,
    out: options.out,
    frames: false,
    connectTimeoutMs: options.connectTimeoutMs ?? standardConnectTimeoutMs,
    runId: undefined,
    backdate: true,
    observer: {
      began: () => undefined,
      note: () => undefined,
      log: () => undefined,
      progress: (now) => progress?.(now),
      played: () => undefined,
    },
    onInterrupt: (interrupt) => listen(signal, () => interrupt('abort')),
  })
  if (unwritten) throw unwritten
  return report
}

async function readSource(file: string): Promise<{ readonly file: string; readonly text: string }> {
  try {
    return { file, text: await readFile(file, 'utf8') }
  } catch (error) {
    throw csmsError('CSMS_SCENARIO_NOT_FOUND', { file }, error)
  }
}

function listen(signal: AbortSignal | undefined, fn: () => void): () => void {
  if (signal?.aborted) fn()
  signal?.addEventListener('abort', fn)
  return () => signal?.removeEventListener('abort', fn)
}
