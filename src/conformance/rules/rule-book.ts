import { actionsOf } from '../../ocpp/action.ts'
import type { FindingLevel } from '../../ocpp/rpc/findings.ts'
import { type OcppVersion, ocppVersions } from '../../ocpp/version.ts'
import { remember2x } from './memory/remember2x.ts'
import { remember16 } from './memory/remember16.ts'
import type { Look, Objection, Party, Rule, RulePart } from './rule.ts'
import { rules } from './rules.ts'

type AskedLook<Said> = NonNullable<Look<object, object, Said>['asked']>
type AnsweredLook<Said> = NonNullable<Look<object, object, Said>['answered']>
type AnyLooks<Said> = Readonly<Record<string, Look<object, object, Said> | undefined>>

/** A rule at work. */
interface Check<Run> {
  readonly rule: string
  readonly level: FindingLevel
  readonly run: Run
}

/** All that is done when an exchange of one action passes: rules first, then what is remembered. */
export interface ActionChecks {
  readonly asked: readonly Check<AskedLook<Objection>>[]
  readonly answered: readonly Check<AnsweredLook<Objection>>[]
  readonly noteAsked: AskedLook<void> | undefined
  readonly noteAnswered: AnsweredLook<void> | undefined
}

/** The rules of one version that judge one side, by action. */
export interface RuleBook {
  readonly judges: Party
  readonly checks: ReadonlyMap<string, ActionChecks>
}

/** What a rule says in one version; undefined where it has nothing to say. */
export function partOf(rule: Rule, version: OcppVersion): RulePart<never> | undefined {
  // Looks are found by the action's name: what they are given is of that action and version.
  return (version === 'ocpp1.6' ? rule.in16 : rule.in2x) as RulePart<never> | undefined
}

function newBook(version: OcppVersion, judges: Party): RuleBook {
  const parts = rules.flatMap((rule) => {
    const concerned = rule.judges === judges || rule.judges === 'both'
    const part = concerned ? partOf(rule, version) : undefined
    return part ? [{ rule: rule.id, level: part.level, part }] : []
  })
  const remember = (version === 'ocpp1.6' ? remember16 : remember2x) as AnyLooks<void>
  const checks = new Map<string, ActionChecks>()
  for (const action of Object.keys(actionsOf[version])) {
    const looks = parts.flatMap(({ rule, level, part }) =>
      [part.every, (part.looks as AnyLooks<Objection> | undefined)?.[action]].flatMap((look) =>
        look ? [{ rule, level, look }] : [],
      ),
    )
    const note = remember[action]
    checks.set(action, {
      asked: looks.flatMap(({ rule, level, look: { asked } }) =>
        asked ? [{ rule, level, run: asked }] : [],
      ),
      answered: looks.flatMap(({ rule, level, look: { answered } }) =>
        answered ? [{ rule, level, run: answered }] : [],
      ),
      noteAsked: note?.asked,
      noteAnswered: note?.answered,
    })
  }
  return { judges, checks }
}

type Books = Readonly<Record<OcppVersion, Readonly<Record<Party, RuleBook>>>>

/** Made once: connections share them. */
export const ruleBooks: Books = Object.fromEntries(
  ocppVersions.map((version) => [
    version,
    { station: newBook(version, 'station'), csms: newBook(version, 'csms') },
  ]),
) as Books
