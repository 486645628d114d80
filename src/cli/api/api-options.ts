import type { Command } from 'commander'
import { url } from '../parse.ts'

/** The options of every command that asks a running csms. */
export function withApiOptions(command: Command): Command {
  return command
    .option('--api <url>', 'where the csms answers', url('http', 'https'), 'http://127.0.0.1:9000')
    .option('--api-key <key>', 'as whom to ask; in the environment no other user sees it')
}
