import type { StoredReport } from './stored-report.ts'

/** The command that runs the same again, for a POSIX shell; credentials are not in a report. */
export function repeatCommand({ scenario, target }: StoredReport): string {
  const words = ['csms', 'simulate', scenario.file]
  if (!target.embedded) words.push('--target', target.url)
  words.push('--seed', String(scenario.seed), '--speed', String(scenario.speed))
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`
}
