import { catalogue } from '../conformance/cases/catalogue.ts'
import { type RuleRow, ruleTable } from '../conformance/rules/rule-table.ts'
import type { Passage, Sequence } from '../conformance/rules/sequence.ts'
import { nearestCase } from '../conformance/run/select.ts'
import { ocppVersions } from '../ocpp/version.ts'
import { csmsError } from '../shared/errors.ts'
import { explainCase } from './conformance-cases.ts'
import type { CliContext } from './context.ts'
import { fold } from './fold.ts'
import { printJson } from './print-table.ts'

export interface ExplainOptions {
  readonly json?: boolean
}

/** Prints a rule or a case, whichever has this id. */
export function runExplain(ctx: CliContext, id: string, options: ExplainOptions): void {
  const wanted = id.toUpperCase()
  const rule = ruleTable.find((one) => one.id === wanted)
  if (rule) {
    if (options.json) printJson(ctx, { schemaVersion: 1, rule })
    else ctx.stdout.write(`${fold(pageOf(rule).join('\n'), ctx.columns)}\n`)
    return
  }
  const cases = catalogue.filter((one) => one.id.toUpperCase() === wanted)
  if (cases.length === 0) throw unknown(id)
  explainCase(ctx, id, options)
  const folders = [...new Set(cases.map(folderOf))]
  if (!options.json) ctx.stdout.write(`\nLives in ${folders.join(', ')}\n`)
}

function unknown(id: string): Error {
  const ids = [...ruleTable.map((one) => one.id), ...catalogue.map((one) => one.id)]
  const near = nearestCase(id.toUpperCase(), ids)
  const hint =
    near === undefined
      ? 'docs/reference/rules.md has all rules, "csms conformance list" all cases.'
      : `Did you mean ${near}?`
  return csmsError('CSMS_USAGE', { message: `There is no rule and no case "${id}". ${hint}` })
}

const folderNames = {
  'ocpp1.6': 'ocpp16',
  'ocpp2.0.1': 'ocpp201',
  'ocpp2.1': 'ocpp21',
} as const

function folderOf({ version, group }: (typeof catalogue)[number]): string {
  return `src/conformance/cases/${group === 'RPC' ? 'rpc' : folderNames[version]}`
}

const whose = {
  csms: 'a CSMS',
  station: 'a charging station',
  both: 'either side of a connection',
} as const

function pageOf({ id, title, clause, judges, levels, file, shown }: RuleRow): string[] {
  const graded = ocppVersions.flatMap((version) => {
    const level = levels[version]
    return level ? [`${level} in ${version}`] : []
  })
  return [
    id,
    `  ${title}`,
    '',
    `  clause     ${clause}`,
    `  level      ${graded.join(', ')}`,
    `  broken by  ${whose[judges]}`,
    `  lives in   ${file}`,
    ...shown.flatMap(({ versions, breaks, nearly }) => [
      '',
      `In ${versions} these exchanges break it, the last one:`,
      ...linesOf(breaks),
      '',
      'These do not:',
      ...linesOf(nearly),
    ]),
  ]
}

function linesOf(sequence: Sequence): string[] {
  return sequence.flatMap(({ by, action, request, response, id, afterSeconds }: Passage) => [
    [
      `  ${by}: ${action} ${JSON.stringify(request)}`,
      id === undefined ? '' : `  (message id "${id}")`,
      afterSeconds ? `  (${afterSeconds} s later)` : '',
    ].join(''),
    response ? `    answer: ${JSON.stringify(response)}` : '    not answered',
  ])
}
