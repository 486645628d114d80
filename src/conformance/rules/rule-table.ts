import { type FindingLevel, rpcRules } from '../../ocpp/rpc/findings.ts'
import { type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import { partOf } from './rule-book.ts'
import { rules } from './rules.ts'

/** A rule as people read it. */
export interface RuleRow {
  readonly id: string
  readonly title: string
  readonly clause: string
  /** Who breaks it. */
  readonly judges: 'station' | 'csms' | 'both'
  /** Undefined where a version has no such rule. */
  readonly levels: Readonly<Record<OcppVersion, FindingLevel | undefined>>
}

type Levels = RuleRow['levels']

function levelsBy(levelOf: (version: OcppVersion) => FindingLevel | undefined): Levels {
  return Object.fromEntries(
    ocppVersions.map((version) => [version, levelOf(version)] as const),
  ) as Levels
}

/** Of single frames, then of sequences: all that either side of a connection looks for. */
export const ruleTable: readonly RuleRow[] = [
  ...Object.entries(rpcRules).map(([id, { title, clause, level }]) => ({
    id,
    title,
    clause,
    judges: 'both' as const,
    levels: levelsBy(level),
  })),
  ...rules.map((rule) => ({
    id: rule.id,
    title: rule.title,
    clause: rule.clause,
    judges: rule.judges,
    levels: levelsBy((version) => partOf(rule, version)?.level),
  })),
]

/** What a rule demands, with its clause. */
export function ruleTitle(id: string): string {
  const row = ruleTable.find((one) => one.id === id)
  return row ? `${row.title} [${row.clause}]` : id
}

/** The rules that this side may break. */
export function ruleIdsOf(judged: 'station' | 'csms'): readonly string[] {
  return ruleTable.flatMap(({ id, judges }) => (judges === judged || judges === 'both' ? [id] : []))
}
