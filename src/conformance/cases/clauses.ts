import type { OcppVersion } from '../../ocpp/version.ts'
import type { Scene } from '../play/scene.ts'
import type { Move } from './case.ts'

/** Sections of Part 4 of 2.0.1 that are elsewhere in 2.1: one about 2.0.1, one about TLS came before. */
const movedSections: Readonly<Record<string, string>> = {
  '3.2': '3.3',
  '3.3': '3.4',
  '5.2': '5.3',
  '5.3': '5.4',
}

const part4 = '2.0.1 Part 4 '

/** Where 2.1 has what 2.0.1 has there: requirements kept their ids, sections of Part 4 did not. */
export function laterClause(clause: string): string {
  if (!clause.startsWith(part4)) return clause.replaceAll('2.0.1 ', '2.1 ')
  const sections = clause.slice(part4.length).split(', ')
  return `2.1 Part 4 ${sections.map((one) => movedSections[one] ?? one).join(', ')}`
}

/** `1.6J 4.1.3`, `2.0.1 Part 4 4.1.3, 4.4`, `RFC 6455 5.5.3`: what documents say of one thing. */
const documents = /, (?=(?:1\.6J?|2\.0\.1|2\.1|RFC) )/

const says: Readonly<Record<OcppVersion, RegExp>> = {
  'ocpp1.6': /^1\.6/,
  'ocpp2.0.1': /^2\.0\.1 /,
  'ocpp2.1': /^2\.1 /,
}

/**
 * Of `1.6J 4.1.1, 2.0.1 Part 4 4.1.1` what holds in one version, and RFCs, which hold in all; the whole
 * where it names no document of that version. 2.1 has what 2.0.1 has unless it is named itself.
 */
export function clauseFor(version: OcppVersion, clause: string): string {
  const parts = clause.split(documents)
  const named = (of: OcppVersion) => parts.filter((part) => says[of].test(part))
  const own = named(version)
  const inherited = version === 'ocpp2.1' && own.length === 0 ? named('ocpp2.0.1') : []
  const holding = [
    ...parts.filter((part) => part.startsWith('RFC ')),
    ...own,
    ...inherited.map(laterClause),
  ]
  return holding.join(', ') || clause
}

/** The same move; what it is judged by is named otherwise. */
export function citing(move: Move, clauseOf: (clause: string) => string): Move {
  switch (move.kind) {
    case 'call':
      return { ...move, clause: clauseOf(move.clause), demands: demandsOf(move, clauseOf) }
    case 'asked':
      return { ...move, demands: demandsOf(move, clauseOf) }
    case 'connect':
    case 'raw':
    case 'handshake':
      return { ...move, clause: clauseOf(move.clause) }
    case 'do':
      return { ...move, run: (scene) => move.run(sceneCiting(scene, clauseOf)) }
    case 'wait':
      return move
  }
}

function demandsOf(
  { demands }: Extract<Move, { readonly kind: 'call' | 'asked' }>,
  clauseOf: (clause: string) => string,
) {
  return demands.map((demand) => ({ ...demand, clause: clauseOf(demand.clause) }))
}

/** The same scene; what is checked there is named otherwise. */
function sceneCiting(scene: Scene, clauseOf: (clause: string) => string): Scene {
  return {
    stage: scene.stage,
    values: scene.values,
    checks: scene.checks,
    probe: scene.probe,
    check: (name, passed, seen) =>
      scene.check(name, passed, { ...seen, clause: clauseOf(seen.clause) }),
  }
}
