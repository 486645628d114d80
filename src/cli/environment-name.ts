import type { Command, Option } from 'commander'

const clients = ['send', 'stations', 'tokens', 'watch', 'certs']

/** Variables of several commands, which all mean the same by the option. */
const shared: Readonly<
  Record<string, { readonly variable: string; readonly commands: readonly string[] }>
> = {
  api: { variable: 'CSMS_API', commands: clients },
  'api-key': { variable: 'CSMS_API_KEY', commands: clients },
  ca: { variable: 'CSMS_API_CA', commands: clients },
  out: { variable: 'CSMS_OUT', commands: ['simulate', 'report'] },
}

/**
 * The environment variable that mirrors an option of a command: `serve --tls-port` is
 * `CSMS_SERVE_TLS_PORT`, as `serve: {tls-port: 9443}` is its setting. Only what is shared goes
 * without the command: `CSMS_API_KEY`.
 */
export function environmentName(command: Command, option: Option): string {
  const path = commandPath(command)
  const common = shared[option.name()]
  if (common?.commands.includes(path[0] ?? '')) return common.variable
  return ['csms', ...path, option.name()].join('_').toUpperCase().replaceAll('-', '_')
}

/** Names from the one below the root on: `scenario`, `stations`. */
export function commandPath(command: Command): readonly string[] {
  if (command.name() === 'csms') return []
  return [...(command.parent ? commandPath(command.parent) : []), command.name()]
}
