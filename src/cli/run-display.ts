import type { RunObserver } from '../harness/run-options.ts'
import { realClock } from '../platform/real-clock.ts'
import { showCount } from '../report/figures.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import type { CliContext, Terminal } from './context.ts'
import { progressLines } from './progress-lines.ts'
import { loadLiveView } from './views/load-live-view.ts'

/** What people see of a run while it goes on. */
export interface RunDisplay {
  readonly observer: RunObserver
  /** The run was told to stop. */
  stopping(): void
  /** Gives way to the summary. */
  close(): void
}

export interface DisplayOptions {
  readonly quiet?: boolean
  readonly json?: boolean
  /** False: `--no-ui`. */
  readonly ui: boolean
}

type DisplayContext = Pick<CliContext, 'env' | 'terminal' | 'stderr'>

/** @param interrupt somebody pressed a key that stops the run */
export async function openDisplay(
  ctx: DisplayContext,
  { name, seed, speed }: Pick<Plan, 'name' | 'seed' | 'speed'>,
  options: DisplayOptions,
  interrupt: () => void,
): Promise<RunDisplay> {
  const terminal = liveTerminal(ctx, options)
  if (!terminal) return lineDisplay(ctx, options.quiet ?? false)
  const LiveView = await loadLiveView()
  const view = new LiveView({
    terminal,
    clock: realClock,
    scenario: { scenario: name, seed, speed },
    interrupt,
  })
  return {
    observer: view,
    stopping: () => view.stopping(),
    close: () => {
      const { log, forgotten } = view.close()
      const head = `(${showCount(forgotten)} earlier lines are gone; --no-ui prints all.)\n`
      if (forgotten > 0) ctx.stderr.write(head)
      for (const { station, text } of log) {
        ctx.stderr.write(station === '' ? `${text}\n` : `${station}: ${text}\n`)
      }
    },
  }
}

/** Where the live view is drawn; undefined where lines, or nothing, are wanted or all there can be. */
function liveTerminal(
  ctx: DisplayContext,
  { quiet, json, ui }: DisplayOptions,
): Terminal | undefined {
  const { env, terminal } = ctx
  if (quiet || json || !ui || env['CI'] || env['TERM'] === 'dumb') return undefined
  return terminal
}

function lineDisplay(ctx: DisplayContext, quiet: boolean): RunDisplay {
  const print = (line: string): void => {
    if (!quiet) ctx.stderr.write(`${line}\n`)
  }
  return {
    observer: progressLines(print),
    stopping: () => {
      const how = 'Stopping: draining and writing the report. Once more leaves at once.\n'
      ctx.stderr.write(how)
    },
    close: () => undefined,
  }
}
