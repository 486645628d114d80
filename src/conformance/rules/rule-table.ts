import { type FindingLevel, type RuleText, rpcRules } from '../../ocpp/rpc/findings.ts'
import { type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import type { RulePart } from './rule.ts'
import { partOf } from './rule-book.ts'
import { rulesByFile } from './rules.ts'
import type { Sequence } from './sequence.ts'

/** A rule as people read it. */
export interface RuleRow {
  readonly id: string
  readonly title: string
  readonly clause: string
  /** Who breaks it. */
  readonly judges: 'station' | 'csms' | 'both'
  /** Undefined where a version has no such rule. */
  readonly levels: Readonly<Record<OcppVersion, FindingLevel | undefined>>
  /** From the repository's root. */
  readonly file: string
  /** Exchanges that break it, and exchanges that do not; none for rules of single frames. */
  readonly shown: readonly ShownRule[]
}

interface ShownRule {
  readonly versions: string
  readonly breaks: Sequence
  readonly nearly: Sequence
}

type Levels = RuleRow['levels']

function levelsBy(levelOf: (version: OcppVersion) => FindingLevel | undefined): Levels {
  return Object.fromEntries(
    ocppVersions.map((version) => [version, levelOf(version)] as const),
  ) as Levels
}

/** Of single frames, then of sequences: all that either side of a connection looks for. */
export const ruleTable: readonly RuleRow[] = [
  ...Object.entries<RuleText>(rpcRules).map(
    ([id, { title, clause, level, judges }]): RuleRow => ({
      id,
      title,
      clause,
      judges: judges ?? 'both',
      levels: levelsBy(level),
      file: 'src/ocpp/rpc/findings.ts',
      shown: [],
    }),
  ),
  ...Object.entries(rulesByFile).map(([file, rule]) => ({
    id: rule.id,
    title: rule.title,
    clause: rule.clause,
    judges: rule.judges,
    levels: levelsBy((version) => partOf(rule, version)?.level),
    file: `src/conformance/rules/${file}`,
    shown: [
      ...shownOf('1.6', rule.in16),
      ...shownOf('2.0.1 and 2.1', rule.in2x),
      ...shownOf('2.1', rule.in21),
    ],
  })),
]

function shownOf(
  versions: string,
  part: Pick<RulePart<never>, 'breaks' | 'nearly'> | undefined,
): ShownRule[] {
  return part ? [{ versions, breaks: part.breaks, nearly: part.nearly }] : []
}

/** What a rule demands, with its clause. */
export function ruleTitle(id: string): string {
  const row = ruleTable.find((one) => one.id === id)
  return row ? `${row.title} [${row.clause}]` : id
}

/** The rules that this side may break. */
export function ruleIdsOf(judged: 'station' | 'csms'): readonly string[] {
  return ruleTable.flatMap(({ id, judges }) => (judges === judged || judges === 'both' ? [id] : []))
}
