import type { StoredReport } from './stored-report.ts'

/**
 * The command that runs the same again, for a POSIX shell, in parts that belong together. Of a run
 * that no command line began, what is known of it.
 */
export function repeatCommand({ scenario, target, command }: StoredReport): string[] {
  const options = command?.options ?? [
    ...(target.embedded ? [] : [['--target', target.url]]),
    ['--seed', String(scenario.seed)],
    ['--speed', String(scenario.speed)],
  ]
  return [
    'csms simulate',
    quoted(scenario.file),
    ...options.map((words) => words.map(quoted).join(' ')),
  ]
}

/** What the command lacks, a sentence; empty where it is whole. */
export function repeatLacks({ scenario, command }: StoredReport): string {
  const leftOut = command?.leftOut ?? []
  const sentences = [
    ...(scenario.file === '-' ? ['The scenario came from standard input.'] : []),
    ...(leftOut.length > 0 ? [`Left out, being secret: ${leftOut.join(', ')}.`] : []),
  ]
  return sentences.join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`
}
