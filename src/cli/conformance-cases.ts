import { type ConformanceCase, hookedActions } from '../conformance/cases/case.ts'
import { catalogue } from '../conformance/cases/catalogue.ts'
import { describeCase, describeMove } from '../conformance/cases/describe-case.ts'
import { nearestCase } from '../conformance/run/select.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import { csmsError } from '../shared/errors.ts'
import { chosenCases, type SelectionOptions } from './conformance-selection.ts'
import type { CliContext } from './context.ts'
import { fold } from './fold.ts'
import { printJson, printTable } from './print-table.ts'

export interface CaseListOptions extends SelectionOptions {
  readonly json?: boolean
}

export interface ExplainOptions {
  readonly json?: boolean
  /** Only of this version. */
  readonly protocol?: OcppVersion
}

/** Prints the cases that options name. */
export function listCases(ctx: CliContext, options: CaseListOptions): void {
  const cases = chosenCases(options)
  if (options.json) {
    printJson(ctx, { schemaVersion: 1, cases: cases.map(factsOf) })
    return
  }
  const rows = cases.map((one) => [
    one.id,
    one.profile,
    one.group,
    hookedActions(one).join(' ') || 'hands-free',
    one.title,
  ])
  printTable(ctx, ['case', 'profile', 'group', 'orders', 'title'], rows)
}

/** Prints what a case does; one id may be a case of several versions. */
export function explainCase(ctx: CliContext, id: string, options: ExplainOptions): void {
  const { json, protocol } = options
  const named = catalogue.filter((one) => one.id.toLowerCase() === id.toLowerCase())
  const found = named.filter(({ version }) => (protocol ?? version) === version)
  if (named.length > 0 && found.length === 0) {
    const others = named.map(({ version }) => version).join(' and ')
    throw csmsError('CSMS_USAGE', { message: `${id} is no case of ${protocol}, but of ${others}.` })
  }
  if (found.length === 0) {
    const near = nearestCase(
      id,
      catalogue.map((one) => one.id),
    )
    const hint = near === undefined ? '"csms conformance list" shows all.' : `Did you mean ${near}?`
    throw csmsError('CSMS_USAGE', { message: `There is no case "${id}". ${hint}` })
  }
  if (json) {
    const moves = ({ moves: all }: ConformanceCase) => all.map(describeMove)
    const cases = found.map((one) => ({ ...factsOf(one), moves: moves(one) }))
    printJson(ctx, { schemaVersion: 1, cases })
    return
  }
  const pages = found.map((one) => fold(describeCase(one).join('\n'), ctx.columns))
  ctx.stdout.write(`${pages.join('\n\n')}\n`)
}

function factsOf(one: ConformanceCase) {
  const { id, title, version, profile, group, source, stability, feature, needs, tags } = one
  return {
    id,
    title,
    version,
    profile,
    group,
    source,
    stability,
    ...(feature !== undefined && { feature }),
    needs,
    tags,
    orders: hookedActions(one),
  }
}
