import type { Report } from './result.ts'

/** GitHub shows so many of a kind to a step. */
export const mostOfAKind = 10

/**
 * What GitHub Actions shows on the page of a run: a workflow command a line, errors for what failed,
 * warnings for what must be known.
 */
export function githubAnnotations(report: Report): string {
  const { verdict, exitCode, reasons, warnings, scenario } = report
  const title = `csms ${verdict.toUpperCase()} ${scenario.name}`
  // An absolute path, or standard input, is no file of the repository.
  const isOfRepository = /^[\w.-]+(\/[\w.-]+)*$/.test(scenario.file) && scenario.file !== '-'
  const place = isOfRepository ? { file: scenario.file } : {}
  const errors = exitCode === 0 ? [] : reasons.length > 0 ? reasons : [`exit code ${exitCode}`]
  return [
    ...errors
      .slice(0, mostOfAKind)
      .map((reason) => workflowCommand('error', { ...place, title }, reason)),
    ...warnings
      .slice(0, mostOfAKind)
      .map((one) => workflowCommand('warning', { ...place, title }, one)),
  ].join('')
}

/** A line that the runner of GitHub Actions takes for an annotation. */
export function workflowCommand(
  kind: 'error' | 'warning',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escaped(value, true)}`)
  return `::${kind} ${pairs.join(',')}::${escaped(message, false)}\n`
}

/** As the runner undoes it: a per cent first, line ends, and in a property what separates them. */
function escaped(text: string, property: boolean): string {
  const data = text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  return property ? data.replaceAll(':', '%3A').replaceAll(',', '%2C') : data
}
