import type { CliContext } from './context.ts'

/** What could command a terminal, or turn a line around. Lines stay lines. */
const commanding = /[^\P{Cc}\n]|[\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** Text that may hold words of a peer, for a terminal or a log. */
export function harmless(text: string, { env }: Pick<CliContext, 'env'>): string {
  return inert(text.replaceAll('\t', '  ').replace(commanding, '·'), { env })
}

/**
 * Lines for people that the runner of GitHub Actions does not obey, whatever a peer said in them: it
 * takes `::error::` for a command where a line begins with it, spaces or not, and `##[error]` anywhere.
 */
export function inert(text: string, { env }: Pick<CliContext, 'env'>): string {
  if (env['GITHUB_ACTIONS'] !== 'true') return text
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '# #[')
}
