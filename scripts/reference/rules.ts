import { rpcRules } from '../../src/ocpp/rpc/findings.ts'
import { ocppVersions } from '../../src/ocpp/version.ts'
import { code, page, table } from './markdown.ts'

/** `docs/reference/rules.md`. */
export function ruleReference(): string {
  const rows = Object.entries(rpcRules).map(([id, { level, clause, title }]) => [
    code(id),
    title,
    ...ocppVersions.map((version) => level(version)),
    clause,
  ])
  return page(
    'Rules',
    'Generated from `src/ocpp/rpc/findings.ts`.',
    'What one side of a connection can prove wrong of the other, frame by frame. Both sides check, ' +
      'under load too: the stations of `csms simulate` judge the target (`violations` of the report, with ' +
      'sample frames), `csms serve` judges the stations (an event each).',
    'A MUST that the target broke fails the run with exit code 3, unless the scenario names the rule ' +
      'in `tolerate`. A SHOULD is legal but risky: it is reported and changes no verdict.',
    table(['rule', 'demands that', ...ocppVersions, 'clause'], rows),
    'What a scenario does wrong on purpose (`sendRaw`, `duplicate`, `pipeline`, payloads of `call`) is ' +
      'not held against anybody.',
  )
}
