import { failureText, type ScriptVerdict, type StationVerdict } from '../csms/script/verdict.ts'
import { failed, junitDocument, type TestCase } from './junit-xml.ts'

/** What came of a script of the management system's side as JUnit XML: a case for each station. */
export function scriptJunit(verdict: ScriptVerdict): string {
  const { reasons, stations } = verdict
  const failing = stations.filter(({ outcome }) => outcome === 'failed')
  const own = new Set(failing.map(failureText))
  const others = reasons.filter((reason) => !own.has(reason))
  const whole = others[0] === undefined ? {} : failed(others[0], others.join('\n'))
  return junitDocument(verdict, [
    { name: 'run', cases: [{ name: 'plays as far as it should', ...whole }] },
    ...(stations.length === 0 ? [] : [{ name: 'stations', cases: stations.map(caseOf) }]),
  ])
}

function caseOf(station: StationVerdict): TestCase {
  const { id, outcome, violations } = station
  if (outcome === 'calledOff') return { name: id, skipped: 'still playing when the run ended' }
  if (outcome !== 'failed') return { name: id }
  const frames = Object.values(violations).map(({ detail, frame }) => `${detail}\n${frame}`)
  return { name: id, ...failed(failureText(station), frames.join('\n\n')) }
}
