import { actionsOf } from '../../ocpp/action.ts'
import type { FindingLevel } from '../../ocpp/rpc/findings.ts'
import { type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import { remember2x } from './memory/remember2x.ts'
import { remember16 } from './memory/remember16.ts'
import type { Look, Objection, Party, Rule, RulePart } from './rule.ts'
import { rules } from './rules.ts'

export type AskedLook<Said> = NonNullable<Look<object, object, Said>['asked']>
export type AnsweredLook<Said> = NonNullable<Look<object, object, Said>['answered']>
type AnyLook = Look<object, object, Objection>
type AnyLooks<Said> = Readonly<Record<string, Look<object, object, Said> | undefined>>

/** A rule at work. */
export interface Check<Run> {
  readonly rule: string
  readonly level: FindingLevel
  readonly run: Run
}

/** Rules at work, one after the other. */
interface Checks {
  readonly asked: readonly Check<AskedLook<Objection>>[]
  readonly answered: readonly Check<AnsweredLook<Objection>>[]
}

/** All that is done when an exchange of one action passes: rules first, then what is remembered. */
interface ActionChecks extends Checks {
  readonly noteAsked: AskedLook<void> | undefined
  readonly noteAnswered: AnsweredLook<void> | undefined
}

/** The rules of one version that judge one side. */
export interface RuleBook {
  readonly judges: Party
  /** By action; those of which nothing is asked and nothing remembered are not there. */
  readonly checks: ReadonlyMap<string, ActionChecks>
  readonly whileTurnedAway: Checks
  readonly whileOwed: Checks
  readonly withUsedId: Checks
  readonly closed: readonly Check<NonNullable<RulePart<never>['closed']>>[]
}

/** What a rule says in one version; undefined where it has nothing to say. */
export function partOf(rule: Rule, version: OcppVersion): RulePart<never> | undefined {
  // Looks are found by the action's name: what they are given is of that action and version.
  const parts = {
    'ocpp1.6': rule.in16,
    'ocpp2.0.1': rule.in2x,
    'ocpp2.1': rule.in2x ?? rule.in21,
  }
  return parts[version] as RulePart<never> | undefined
}

interface Working {
  readonly rule: string
  readonly part: RulePart<never>
}

function newBook(version: OcppVersion, judges: Party): RuleBook {
  const parts = rules.flatMap((rule): Working[] => {
    const concerned = rule.judges === judges || rule.judges === 'both'
    const part = concerned ? partOf(rule, version) : undefined
    return part ? [{ rule: rule.id, part }] : []
  })
  const remember = (version === 'ocpp1.6' ? remember16 : remember2x)[judges] as AnyLooks<void>
  const checks = new Map<string, ActionChecks>()
  for (const action of Object.keys(actionsOf[version])) {
    const { asked, answered } = checksOf(
      parts,
      ({ looks }) => (looks as AnyLooks<Objection> | undefined)?.[action],
    )
    const { asked: noteAsked, answered: noteAnswered } = remember[action] ?? {}
    if (asked.length === 0 && answered.length === 0 && !noteAsked && !noteAnswered) continue
    checks.set(action, { asked, answered, noteAsked, noteAnswered })
  }
  return {
    judges,
    checks,
    whileTurnedAway: checksOf(parts, ({ whileTurnedAway }) => whileTurnedAway),
    whileOwed: checksOf(parts, ({ whileOwed }) => whileOwed),
    withUsedId: checksOf(parts, ({ withUsedId }) => withUsedId),
    closed: parts.flatMap(({ rule, part: { level, closed } }) =>
      closed ? [{ rule, level, run: closed }] : [],
    ),
  }
}

function checksOf(
  parts: readonly Working[],
  lookOf: (part: RulePart<never>) => AnyLook | undefined,
): Checks {
  const looks = parts.flatMap(({ rule, part }) => {
    const look = lookOf(part)
    return look ? [{ rule, level: part.level, look }] : []
  })
  return {
    asked: looks.flatMap(({ rule, level, look: { asked } }) =>
      asked ? [{ rule, level, run: asked }] : [],
    ),
    answered: looks.flatMap(({ rule, level, look: { answered } }) =>
      answered ? [{ rule, level, run: answered }] : [],
    ),
  }
}

type Books = Readonly<Record<OcppVersion, Readonly<Record<Party, RuleBook>>>>

/** Made once: connections share them. */
export const ruleBooks: Books = Object.fromEntries(
  ocppVersions.map((version) => [
    version,
    { station: newBook(version, 'station'), csms: newBook(version, 'csms') },
  ]),
) as Books
