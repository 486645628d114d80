import { InvalidArgumentError } from 'commander'
import { type ReporterName, reporterNames } from '../report/reporter-names.ts'
import { nearestName } from '../shared/nearest.ts'

/** What `--reporter` said: a name, and a file where it is not the one in the run's folder. */
export interface ReporterChoice {
  readonly name: ReporterName
  readonly file?: string
}

/** `junit`, or `junit=build/junit.xml`; gathered. */
export function reporterChoice(
  text: string,
  before: readonly ReporterChoice[] = [],
): ReporterChoice[] {
  const [said = '', ...rest] = text.split('=')
  const name = reporterNames.find((known) => known === said)
  if (!name) {
    const near = nearestName(said, reporterNames)
    const hint = near === undefined ? '' : ` Did you mean ${near}?`
    throw new InvalidArgumentError(`It must be one of ${reporterNames.join(', ')}.${hint}`)
  }
  if (rest.length === 0) return [...before, { name }]
  const file = rest.join('=')
  if (file === '') throw new InvalidArgumentError('After "=" belongs a file.')
  if (name === 'github') {
    throw new InvalidArgumentError('github writes to where GITHUB_STEP_SUMMARY points.')
  }
  return [...before, { name, file }]
}
