import type { BeganRun } from '../../harness/run-options.ts'
import type { Progress } from '../../report/progress.ts'
import { printable } from './printable.ts'

/** Something to read: a note of the run, or what a `log` step says. */
export interface LogLine {
  /** Seconds since the run began. */
  readonly second: number
  /** Empty for notes. */
  readonly station: string
  readonly text: string
}

/** Lines that are kept, to be shown and to be left behind when the view is over. */
export const mostLogLines = 500

/** All that the view shows; plain data. */
export interface ViewState {
  readonly scenario: string
  readonly seed: number
  /** Simulated seconds per real second. */
  readonly speed: number
  readonly run: BeganRun | undefined
  readonly progress: Progress | undefined
  readonly log: readonly LogLine[]
  /** Lines that came before those that are kept. */
  readonly forgotten: number
  /** The log as it was when it was paused; undefined: it runs. */
  readonly pausedLog: readonly LogLine[] | undefined
  readonly help: boolean
  readonly stage: 'starting' | 'running' | 'stopping' | 'reporting'
  /** There is a keyboard. */
  readonly keys: boolean
}

/** Before anything is known of the run. */
export function newState(
  scenario: Pick<ViewState, 'scenario' | 'seed' | 'speed' | 'keys'>,
): ViewState {
  return {
    ...scenario,
    scenario: printable(scenario.scenario),
    run: undefined,
    progress: undefined,
    log: [],
    forgotten: 0,
    pausedLog: undefined,
    help: false,
    stage: 'starting',
  }
}

/** The first news ends `starting`. */
export function withProgress(state: ViewState, progress: Progress): ViewState {
  return { ...state, progress, stage: state.stage === 'starting' ? 'running' : state.stage }
}

/** Of the log only the newest lines are kept. */
export function withLine(state: ViewState, station: string, text: string): ViewState {
  const second = state.progress?.elapsedSeconds ?? 0
  const line = { second, station: printable(station), text: printable(text) }
  const log = [...state.log, line]
  const excess = Math.max(0, log.length - mostLogLines)
  return { ...state, log: log.slice(excess), forgotten: state.forgotten + excess }
}

/** A paused log stands still, and loses nothing. */
export function togglePause(state: ViewState): ViewState {
  return { ...state, pausedLog: state.pausedLog === undefined ? state.log : undefined }
}
