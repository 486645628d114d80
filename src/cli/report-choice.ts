import { InvalidArgumentError } from 'commander'
import { type WriterName, writerNames } from '../conformance/report/writer-names.ts'
import { nearestName } from '../shared/nearest.ts'

/** What `--report` of `csms conformance` said: a writer, and its file; `-` is standard output. */
export interface ReportChoice {
  readonly name: WriterName
  readonly file: string
}

/** `junit=out.xml`, or several with commas between; gathered. */
export function reportChoices(text: string, before: readonly ReportChoice[] = []): ReportChoice[] {
  const all = [...before, ...text.split(',').map(reportChoice)]
  if (all.filter(({ file }) => file === '-').length > 1) {
    throw new InvalidArgumentError('Standard output holds one of them only.')
  }
  return all
}

function reportChoice(text: string): ReportChoice {
  const [said = '', ...rest] = text.split('=')
  const file = rest.join('=')
  const name = writerNames.find((known) => known === said.trim())
  if (!name) {
    const near = nearestName(said, writerNames)
    const hint = near === undefined ? '' : ` Did you mean ${near}?`
    throw new InvalidArgumentError(`It must be one of ${writerNames.join(', ')}.${hint}`)
  }
  if (file === '') throw new InvalidArgumentError(`It must be of the form ${name}=FILE.`)
  return { name, file }
}
