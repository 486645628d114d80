import type { Command, Option } from 'commander'

const clients = ['send', 'stations', 'tokens', 'watch']

/** Options that mean the same at several commands, which therefore share one variable. */
const shared: Readonly<Record<string, readonly string[]>> = {
  api: clients,
  'api-key': clients,
  out: ['simulate', 'report'],
}

/**
 * The environment variable that mirrors an option of a command: `serve --tls-port` is
 * `CSMS_SERVE_TLS_PORT`, as `serve: {tls-port: 9443}` is its setting. Only what is shared goes
 * without the command: `CSMS_API_KEY`.
 */
export function environmentName(command: Command, option: Option): string {
  const path = commandPath(command)
  const isShared = shared[option.name()]?.includes(path[0] ?? '') ?? false
  const words = ['csms', ...(isShared ? [] : path), option.name()]
  return words.join('_').toUpperCase().replaceAll('-', '_')
}

/** Names from the one below the root on: `scenario`, `stations`. */
export function commandPath(command: Command): readonly string[] {
  if (command.name() === 'csms') return []
  return [...(command.parent ? commandPath(command.parent) : []), command.name()]
}
