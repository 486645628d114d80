import { type CaseReportFacts, caseReport } from '../conformance/report/build-report.ts'
import { caseLines, type LinePage } from '../conformance/report/case-lines.ts'
import type { ConformanceReport } from '../conformance/report/result.ts'
import { conformanceSummary } from '../conformance/report/summary.ts'
import type { PlayedCase } from '../conformance/run/conformance-run.ts'
import { cut } from '../report/table.ts'
import type { CliContext, Output, Terminal } from './context.ts'
import { inert } from './harmless.ts'
import { terminalStyle } from './terminal-style.ts'

type DisplayContext = Pick<
  CliContext,
  'stdout' | 'stderr' | 'terminal' | 'columns' | 'colour' | 'env'
>

const eraseLine = '\r\u001B[2K'
/** Lines of a log, whatever terminal they are read in. */
const widest = 120

/**
 * Cases as they get their verdicts, a line or more each, with how far it has come below them where a
 * terminal watches; at the end the totals.
 */
export class ConformanceDisplay {
  readonly #ctx: DisplayContext
  readonly #out: Output
  readonly #page: LinePage
  readonly #terminal: Terminal | undefined
  readonly #facts: CaseReportFacts
  readonly #total: number
  #judged = 0
  #red = 0

  /** @param dataOnStdout then lines go to standard error */
  constructor(
    ctx: DisplayContext,
    facts: CaseReportFacts,
    { total, dataOnStdout }: { readonly total: number; readonly dataOnStdout: boolean },
  ) {
    const { env, terminal } = ctx
    this.#ctx = ctx
    this.#out = dataOnStdout ? ctx.stderr : ctx.stdout
    const colour = dataOnStdout ? (terminal?.colour ?? false) : ctx.colour
    const columns = dataOnStdout ? (terminal?.columns ?? widest) : ctx.columns
    this.#page = {
      width: this.#out.isTTY ? Math.min(columns, widest) : widest,
      style: terminalStyle(colour),
    }
    this.#terminal = env['CI'] || env['TERM'] === 'dumb' ? undefined : terminal
    this.#facts = facts
    this.#total = total
    this.#draw()
  }

  judged(played: PlayedCase): void {
    const one = caseReport(played, this.#facts)
    this.#judged += 1
    if (one.outcome === 'red') this.#red += 1
    this.#write(`${caseLines(one, this.#page).join('\n')}\n`)
    this.#draw()
  }

  finished(report: ConformanceReport): void {
    this.#write(conformanceSummary(report, this.#page))
  }

  /** A run that breaks off leaves no half line. */
  close(): void {
    this.#terminal?.write(eraseLine)
  }

  #write(text: string): void {
    this.#terminal?.write(eraseLine)
    this.#out.write(inert(text, this.#ctx))
  }

  #draw(): void {
    const { style } = this.#page
    if (!this.#terminal || this.#judged === this.#total) return
    const red = this.#red === 0 ? '' : `, ${this.#red} red`
    const line = cut(`${this.#judged} of ${this.#total} cases${red}`, this.#terminal.columns - 1)
    this.#terminal.write(style.dim(line))
  }
}
