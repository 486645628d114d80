import type { StoredReport } from './stored-report.ts'

/**
 * The command that runs the same again, for a POSIX shell, in parts that belong together;
 * credentials are not in a report.
 */
export function repeatCommand({ scenario, target }: StoredReport): string[] {
  return [
    'csms simulate',
    quoted(scenario.file),
    ...(target.embedded ? [] : [`--target ${quoted(target.url)}`]),
    `--seed ${scenario.seed}`,
    `--speed ${scenario.speed}`,
  ]
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`
}
