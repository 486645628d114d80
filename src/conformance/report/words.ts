import { blocks21, blocks201, profiles16 } from '../../ocpp/functional-groups.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { showCountOf } from '../../report/figures.ts'
import { mostOfARule } from '../play/verdict.ts'
import type { CaseReport, CheckReport, ConformanceReport, Outcome, Totals } from './result.ts'

/** Word and sign: colour alone tells nobody. */
export const signs: Readonly<Record<Outcome, string>> = {
  green: '✓',
  warning: '!',
  red: '✗',
  known: '~',
  skipped: '-',
}

/** A command line for a POSIX shell. */
export function commandLine(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`
}

/** What did not pass, the gravest first. */
export function wrongChecks({ checks }: Pick<CaseReport, 'checks'>): readonly CheckReport[] {
  const wrong = checks.filter(({ passed }) => !passed)
  return [
    ...wrong.filter(({ level }) => level === 'MUST'),
    ...wrong.filter(({ level }) => level === 'SHOULD'),
  ]
}

/** Findings of one name that are told one by one, where they are told in lines. */
const mostOfAName = 3

/** As `wrongChecks`, of each name the first few only; of the last of them how many more there are, in words. */
export function foremostChecks(
  one: Pick<CaseReport, 'checks'>,
): readonly { readonly check: CheckReport; readonly more: string }[] {
  const wrong = wrongChecks(one)
  return wrong.flatMap((check) => {
    const same = wrong.filter(({ name, level }) => name === check.name && level === check.level)
    const at = same.indexOf(check)
    if (at >= mostOfAName) return []
    const left = at === mostOfAName - 1 ? same.length - mostOfAName : 0
    const least = same.length >= mostOfARule ? 'at least ' : ''
    return [{ check, more: left === 0 ? '' : `and ${check.name} ${least}${left} more times` }]
  })
}

/** Where a check comes from: `MUST, 1.6 4.1, frame 3`. */
export function checkOrigin({ level, clause, frame }: CheckReport): string {
  return [level, clause, ...(frame === null ? [] : [`frame ${frame}`])].join(', ')
}

/** Why a case is no pass, on one line; empty where it is. */
export function whyNot(one: CaseReport): string {
  const { reason, skip } = one
  if (reason !== undefined) return skip === undefined ? reason : `${skip}: ${reason}`
  const [first] = wrongChecks(one)
  return first ? `${first.name}: ${first.detail}` : ''
}

/** `75 of 77 cases passed, 1 failed, 1 skipped`. */
export function totalsLine(totals: Totals): string {
  const { cases, pass, warn, fail, error, skip, known, flaky } = totals
  const others = [
    [warn, 'with warnings'],
    [fail, 'failed'],
    [error, 'without a verdict'],
    [skip, 'skipped'],
  ] as const
  const counted = others.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  const notes = [
    ...(known > 0 ? [`${known} of them known`] : []),
    ...(flaky > 0 ? [`${flaky} flaky`] : []),
  ]
  return [`${pass} of ${showCountOf(cases, 'case')} passed`, ...counted, ...notes].join(', ')
}

/** `ocpp1.6 against the embedded CSMS`. */
export function subject({ protocol, target }: ConformanceReport): string {
  return `${protocol} against ${target.embedded ? 'the embedded CSMS' : target.url}`
}

const groupTitles: Readonly<Record<OcppVersion, Readonly<Record<string, string>>>> = {
  'ocpp1.6': profiles16,
  'ocpp2.0.1': blocks201,
  'ocpp2.1': blocks21,
}

/** A group as people call it: `B. Provisioning`. */
export function groupTitle(protocol: OcppVersion, group: string): string {
  return groupTitles[protocol][group] ?? group
}
