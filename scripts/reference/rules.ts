import { type RuleRow, ruleTable } from '../../src/conformance/rules/rule-table.ts'
import { rpcRules } from '../../src/ocpp/rpc/findings.ts'
import { ocppVersions } from '../../src/ocpp/version.ts'
import { code, page, table } from './markdown.ts'

/** `docs/reference/rules.md`. */
export function ruleReference(): string {
  const ofFrames = ruleTable.filter(({ id }) => id in rpcRules)
  const ofSequences = ruleTable.filter(({ id }) => !(id in rpcRules))
  return page(
    'Rules',
    'Generated from `src/ocpp/rpc/findings.ts` and `src/conformance/rules`.',
    'What one side of a connection can prove wrong of the other. Both sides check, always and under load ' +
      'too: the stations of `csms simulate` judge the target (`violations` of the report, with sample ' +
      'frames), `csms serve` judges the stations (an event each), `csms conformance` judges the CSMS in ' +
      'every case. `csms explain RULE` prints one of them with exchanges that break it.',
    'A MUST that the target broke fails the run with exit code 3, unless the scenario names the rule ' +
      'in `tolerate`. A SHOULD is legal but risky: it is reported and changes no verdict.',
    '## Of single frames',
    tableOf(ofFrames),
    '## Of what passes a connection',
    'Judged by payloads that are valid against their schemas, in the order in which they pass one connection. ' +
      'What happened on another connection is not known, and nothing is made of it.',
    '### Broken by a CSMS',
    tableOf(ofSequences.filter(({ judges }) => judges !== 'station')),
    '### Broken by a station',
    tableOf(ofSequences.filter(({ judges }) => judges !== 'csms')),
    'What a scenario does wrong on purpose (`sendRaw`, `duplicate`, `pipeline`, a payload that is not valid) is ' +
      'not held against anybody: from then on the connection is judged by its single frames only.',
  )
}

function tableOf(rules: readonly RuleRow[]): string {
  const rows = rules.map(({ id, title, clause, levels }) => [
    code(id),
    title,
    ...ocppVersions.map((version) => levels[version] ?? ''),
    clause,
  ])
  return table(['rule', 'demands that', ...ocppVersions, 'clause'], rows)
}
