import { list, object, oneOrMore } from '../../document/fields/collections.ts'
import { mapped, optional, required } from '../../document/fields/field.ts'
import { oneOf, text } from '../../document/fields/scalars.ts'
import type { Problem } from '../../document/problem.ts'
import { type DocumentSource, readDocument } from '../../document/read-document.ts'
import type { Environment } from '../../document/yaml-tree.ts'
import { type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import type { ConformanceCase, Level } from '../cases/case.ts'
import type { KnownFailure, KnownStanding } from '../report/result.ts'
import type { PlayedCase } from './conformance-run.ts'

/** A case that is known to fail. */
export interface KnownEntry {
  readonly case: string
  /** Of the versions that have this case; undefined: of all. */
  readonly protocol: OcppVersion | undefined
  /** Names of the only checks that may fail; undefined: any. */
  readonly checks: readonly string[] | undefined
  readonly reason: string
  readonly link: string | undefined
  /** The last day on which it excuses: `2027-03-01`. */
  readonly until: string | undefined
}

const day = text({ wants: 'a day like 2027-03-01', pattern: /^\d{4}-\d\d-\d\d$/ })

export const entry = object(
  {
    case: required(text({ wants: 'the id of a case', longest: 60 }), 'The case that fails.'),
    protocol: optional(
      oneOf(ocppVersions),
      'The version in which it fails: several may have the case.',
      'any',
    ),
    checks: optional(
      oneOrMore(text({ wants: 'the name of a check', longest: 200 })),
      'The only checks of it that may fail.',
      'any',
    ),
    reason: required(text({ wants: 'a reason', longest: 1000 }), 'Why that is accepted.'),
    link: optional(text({ wants: 'a URL', longest: 2000 }), 'Where it is being worked on.'),
    until: optional(day, 'The last day on which it is accepted; later the run fails.', 'for ever'),
  },
  { wants: 'a known failure like {case: TC_003_CSMS, reason: being repaired}' },
)

/**
 * Checks a list of known failures.
 *
 * @param known all cases there are
 */
export function loadKnownFailures(
  source: DocumentSource,
  environment: Environment,
  known: readonly Pick<ConformanceCase, 'id' | 'version'>[],
): { readonly entries: readonly KnownEntry[] } | { readonly problems: readonly Problem[] } {
  const read = readDocument(source, {}, environment)
  if ('problems' in read) return read
  const { root, reader } = read
  const ids = [...new Set(known.map(({ id }) => id))]
  const seen: KnownEntry[] = []
  const one = mapped(entry, (given, node): KnownEntry => {
    const { span } = node
    const versions = known.filter(({ id }) => id === given.case).map(({ version }) => version)
    if (versions.length === 0) {
      reader.reportUnknown(span, `There is no case "${given.case}"`, given.case, ids)
    } else if (given.protocol && !versions.includes(given.protocol)) {
      reader.report(span, `${given.case} is no case of ${given.protocol}.`)
    }
    if (seen.some((other) => overlap(given, other))) {
      reader.report(span, `${given.case} is listed twice.`)
    }
    seen.push(given)
    return given
  })
  // A file of comments alone lists nothing.
  const isEmpty = root.kind !== 'list' && source.text.replace(/^\s*#.*$/gm, '').trim() === ''
  const given = isEmpty ? [] : list(one, 'a list of known failures').parse(root, reader)
  if (!given || reader.problems.length > 0) return { problems: reader.problems }
  return { entries: given }
}

/** Whether two entries are about the same case of the same version. */
function overlap(one: KnownEntry, other: KnownEntry): boolean {
  const same = (one.protocol ?? other.protocol) === (other.protocol ?? one.protocol)
  return one.case === other.case && same
}

/** Whether a case fails: what breaks a SHOULD does where the run says so. */
function fails({ verdict }: PlayedCase, level: Level): boolean {
  return verdict === 'fail' || (verdict === 'warn' && level === 'SHOULD')
}

/**
 * What the list says about a case that was played. Nothing about a case that was skipped or could not
 * be judged: the one says nothing about the CSMS, and nothing excuses the other.
 *
 * @param today `2026-11-21`
 */
export function knownFailure(
  played: PlayedCase,
  entries: readonly KnownEntry[],
  { level, today }: { readonly level: Level; readonly today: string },
): KnownFailure | undefined {
  if (played.verdict === 'skip' || played.verdict === 'error') return undefined
  const { version } = played.case
  const listed = entries.find(
    (one) => one.case === played.id && (one.protocol ?? version) === version,
  )
  if (!listed) return undefined
  const { reason, link, until } = listed
  return {
    reason,
    ...(link !== undefined && { link }),
    ...(until !== undefined && { until }),
    standing: standingOf(played, listed, { level, today }),
  }
}

function standingOf(
  played: PlayedCase,
  { checks, until }: KnownEntry,
  { level, today }: { readonly level: Level; readonly today: string },
): KnownStanding {
  if (until !== undefined && today > until) return 'expired'
  if (!fails(played, level)) return 'passes'
  const wrong = wrongChecks(played, level)
  return checks === undefined || wrong.every((name) => checks.includes(name))
    ? 'fails'
    : 'otherwise'
}

function wrongChecks({ checks }: PlayedCase, level: Level): readonly string[] {
  const wrong = checks.filter((check) => isWrong(check, level))
  return [...new Set(wrong.map(({ name }) => name))]
}

function isWrong(check: PlayedCase['checks'][number], level: Level): boolean {
  return !check.passed && (level === 'SHOULD' || check.level === 'MUST')
}

/** As `knownFailure`, for a list that is being begun: whatever fails is on it. */
export function newFailure(
  played: PlayedCase,
  { level, today }: { readonly level: Level; readonly today: string },
): KnownFailure | undefined {
  if (!fails(played, level)) return undefined
  return { reason: `failed on ${today}`, standing: 'fails' }
}

/** Characters of a reason that come from a CSMS. */
const mostOfDetail = 200

/** What its first wrong check says, as a text of YAML: nothing in it is taken from the environment. */
function whyOf({ checks, title }: PlayedCase, level: Level): string {
  const detail = checks.find((check) => isWrong(check, level))?.detail ?? title
  const brief = detail.length > mostOfDetail ? `${detail.slice(0, mostOfDetail)}…` : detail
  return brief.replaceAll('${', () => '$${')
}

/**
 * A list of what fails now, as a file. What could not be judged is not in it: nothing excuses that.
 *
 * @param today for people
 */
export function baseline(
  results: readonly PlayedCase[],
  { level, today }: { readonly level: Level; readonly today: string },
): string {
  const entries = results
    .filter((played) => fails(played, level))
    .flatMap((played) => [
      `- case: ${played.id}`,
      `  protocol: ${played.case.version}`,
      `  checks: ${JSON.stringify(wrongChecks(played, level))}`,
      `  reason: ${JSON.stringify(`failed on ${today}: ${whyOf(played, level)}`)}`,
    ])
  const head = `# Cases that failed on ${today}; a run with --expect-failures and this file fails for any other.`
  return `${[head, ...entries].join('\n')}\n`
}
