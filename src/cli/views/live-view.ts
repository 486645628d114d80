import type { BeganRun, RunObserver } from '../../harness/run-options.ts'
import type { Progress } from '../../report/progress.ts'
import type { CancelTimer, Clock } from '../../shared/clock.ts'
import type { Terminal } from '../context.ts'
import { frameOf } from './frame.tsx'
import { restore, Screen } from './screen.ts'
import { type Theme, themeOf } from './theme.ts'
import {
  type LogLine,
  newState,
  togglePause,
  type ViewState,
  withLine,
  withProgress,
} from './view-state.ts'

/** At most four times a second. */
const leastBetweenMs = 250
/** As often as what a run tells. */
const mostBetweenMs = 1000
/** Between two drawings passes so much longer than one takes: drawing stays below 5 % of a core. */
const restAfter = 20

export interface LiveViewOptions {
  readonly terminal: Terminal
  /** Real time. */
  readonly clock: Clock
  readonly scenario: Pick<ViewState, 'scenario' | 'seed' | 'speed'>
  /** q or Ctrl-C was pressed. */
  readonly interrupt: () => void
}

/** What is left of the log when the view is over. */
export interface LeftBehind {
  readonly log: readonly LogLine[]
  /** Lines that came before these. */
  readonly forgotten: number
}

/** Shows a run on a terminal while it goes on. Draws what it is told; knows nothing of its own. */
export class LiveView implements RunObserver {
  readonly #options: LiveViewOptions
  readonly #theme: Theme
  readonly #screen: Screen
  readonly #ends: (() => void)[] = []
  #state: ViewState
  #drawnMicros = Number.NEGATIVE_INFINITY
  #betweenMs = leastBetweenMs
  #pending: CancelTimer | undefined

  constructor(options: LiveViewOptions) {
    const { terminal, scenario } = options
    this.#options = options
    this.#theme = themeOf(terminal)
    this.#state = newState({ ...scenario, keys: terminal.keys !== undefined })
    this.#ends.push(terminal.hold(restore))
    this.#screen = new Screen(terminal)
    this.#ends.push(
      terminal.onResize(() => {
        this.#screen.resized()
        this.#change(this.#state)
      }),
    )
    if (terminal.keys) this.#ends.push(terminal.keys((key) => this.#press(key)))
    this.#draw()
  }

  began(run: BeganRun): void {
    this.#change({ ...this.#state, run })
  }

  progress(progress: Progress): void {
    this.#change(withProgress(this.#state, progress))
  }

  note(sentence: string): void {
    this.#change(withLine(this.#state, '', sentence))
  }

  log(stationId: string, text: string): void {
    this.#change(withLine(this.#state, stationId, text))
  }

  /** The run was told to stop. */
  stopping(): void {
    this.#change({ ...this.#state, stage: 'stopping' })
  }

  played(): void {
    this.#change({ ...this.#state, stage: 'reporting' })
  }

  /** Gives the terminal back as it was. */
  close(): LeftBehind {
    this.#pending?.()
    this.#screen.close()
    for (const end of this.#ends) end()
    const { log, forgotten } = this.#state
    return { log, forgotten }
  }

  #press(key: string): void {
    switch (key) {
      case 'q':
      case '\u0003':
        this.#options.interrupt()
        break
      case 'p':
      case ' ':
        this.#change(togglePause(this.#state))
        break
      case '?':
        this.#change({ ...this.#state, help: !this.#state.help })
        break
    }
  }

  #change(state: ViewState): void {
    this.#state = state
    if (this.#pending) return
    const { clock } = this.#options
    const sinceMs = (clock.monotonicMicros() - this.#drawnMicros) / 1000
    this.#pending = clock.after(Math.max(0, this.#betweenMs - sinceMs), () => this.#draw())
  }

  #draw(): void {
    this.#pending = undefined
    const { clock, terminal } = this.#options
    const { columns, rows } = terminal
    this.#drawnMicros = clock.monotonicMicros()
    this.#screen.draw(frameOf(this.#state, { columns, rows }, this.#theme))
    const tookMs = (clock.monotonicMicros() - this.#drawnMicros) / 1000
    this.#betweenMs = Math.min(mostBetweenMs, Math.max(leastBetweenMs, restAfter * tookMs))
  }
}
