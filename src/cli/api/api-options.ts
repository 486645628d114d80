import type { Command } from 'commander'
import { url } from '../parse.ts'

/** Where a running csms answers, as whom to ask it, and by what to know it. */
export interface ApiOptions {
  readonly api: string
  readonly apiKey?: string
  /** PEM file. */
  readonly ca?: string
}

/** The options of every command that asks a running csms. */
export function withApiOptions(command: Command): Command {
  return withKnownApi(command).option(
    '--api <url>',
    'where the csms answers',
    url('http', 'https'),
    'http://127.0.0.1:9000',
  )
}

/** The same where something else says the URL. */
export function withKnownApi(command: Command): Command {
  return command
    .option('--api-key <key>', 'as whom to ask; in the environment no other user sees it')
    .option('--ca <file>', 'PEM of the authority of a csms that speaks TLS: its trust.pem')
}
