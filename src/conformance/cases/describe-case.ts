import type { ConformanceCase, Demand, Move, StationAnswer } from './case.ts'
import { hookedActions } from './case.ts'
import { featureTitles } from './feature-titles.ts'

/** What a case is and does, in lines for people: shown by `explain`. */
export function describeCase(one: ConformanceCase): readonly string[] {
  const { id, title, version, profile, group, source, stability, feature, needs, tags } = one
  const hooks = hookedActions(one)
  const facts = [
    ['Version', version],
    ['Profile', group === profile ? profile : `${profile}, ${group}`],
    ['Source', `${source.document}, ${source.edition}`],
    ['Stability', stability],
    ...(feature === undefined ? [] : [['Feature', featureWords(feature)]]),
    ['Orders', hooks.length === 0 ? 'nothing: it runs against any CSMS' : hooks.join(', ')],
    ...(needs.length === 0 ? [] : [['Fixtures', needs.join(', ')]]),
    ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')]]),
  ]
  return [
    `${id}  ${title}`,
    '',
    ...facts.map(([name = '', value = '']) => `  ${name.padEnd(10)}${value}`),
    '',
    ...one.moves.flatMap((move, at) => {
      const [first = '', ...rest] = describeMove(move)
      const number = String(at + 1).padStart(3)
      return [`${number}  ${first}`, ...rest.map((line) => `     ${line}`)]
    }),
  ]
}

/** `C-17 (reports of the configuration alone) or DM-0 (…)`. */
function featureWords(feature: string): string {
  const words = feature.split(/( and | or )/).map((part) => {
    const title = featureTitles[part]
    return title === undefined ? part : `${part} (${title})`
  })
  return words.join('')
}

/** A move in a line, and what it judges below. */
export function describeMove(move: Move): readonly string[] {
  switch (move.kind) {
    case 'call': {
      const sent = `The station sends ${move.action} ${shown(move.payload)}`
      if (move.callError) {
        const codes = move.callError.join(' or ')
        return [sent, `must be refused with ${codes} [${move.clause}]`]
      }
      const words = move.demands.map(demandWords)
      return [sent, ...(words.length === 0 ? [`must be answered [${move.clause}]`] : words)]
    }
    case 'asked': {
      const why =
        move.order === undefined ? 'The CSMS sends' : `Ordered ${shown(move.order)}, the CSMS sends`
      const answered = `the station ${answerWords(move.answer)}`
      return [`${why} ${move.action}`, ...move.demands.map(demandWords), answered]
    }
    case 'raw': {
      const warn = move.warn.length === 0 ? '' : `; tolerated: ${move.warn.join(', ')}`
      return [
        `The station sends ${move.text.slice(0, 200)}`,
        `fine: ${move.pass.join(', ')}${warn} [${move.clause}]`,
      ]
    }
    case 'connect': {
      const outcome = move.accepted ? 'must be let in' : 'must be turned away'
      return [`The station connects: ${move.name}`, `${outcome} [${move.clause}]`]
    }
    case 'handshake': {
      const outcome = move.agrees ? `must agree to ${shown(move.agrees)}` : 'must refuse'
      return [`A TLS client offers: ${move.name}`, `the server ${outcome} [${move.clause}]`]
    }
    case 'wait':
      return [
        typeof move.ms === 'number' ? `${move.ms / 1000} s go by` : `${shown(move.ms)} ms go by`,
      ]
    case 'do':
      return [move.name]
  }
}

function demandWords({ matcher, level, clause }: Demand): string {
  const verb = level === 'MUST' ? 'must' : 'should'
  return `${verb} look like ${shown(matcher)} [${clause}]`
}

function answerWords(answer: StationAnswer): string {
  switch (answer.kind) {
    case 'result':
      return `answers ${shown(answer.payload)}`
    case 'callError':
      return `answers CALLERROR ${answer.code}`
    case 'silence':
      return 'does not answer'
  }
}

/** JSON in which values of the case are names: `{token}`. */
function shown(value: unknown): string {
  return JSON.stringify(value).replaceAll(/\{"\$value":"([^"]+)"\}/g, '{$1}')
}
