import type { Argument, Command, Option } from 'commander'
import { commands } from '../../src/cli/command-table.ts'
import type { CliContext } from '../../src/cli/context.ts'
import { environmentName } from '../../src/cli/environment-name.ts'
import { rootCommand } from '../../src/cli/run-cli.ts'
import { block, code, page, table } from './markdown.ts'

/** Commands touch their context only when they run. */
const nowhere: CliContext = {
  argv: [],
  env: {},
  cwd: '/',
  stdout: { isTTY: false, write: () => {} },
  stderr: { isTTY: false, write: () => {} },
  stdin: () => Promise.resolve(''),
  colour: false,
  columns: 80,
  terminal: undefined,
  exit: () => {},
  leave: () => {},
  onInterrupt: () => () => {},
}

const settings = `simulate:
  workers: 2
  out: ../reports
serve:
  port: 9100
scenario:
  stations:
    format: csv`

/** `docs/reference/cli.md`. */
export async function cliReference(): Promise<string> {
  const root = await rootCommand(nowhere)
  const loaded = await Promise.all(Object.values(commands).map(({ load }) => load(nowhere)))
  return page(
    'Command line',
    'Generated from `src/cli/commands`. `csms help COMMAND` prints the same.',
    table(
      ['command', ''],
      loaded.map((command) => [
        `[csms ${command.name()}](#csms-${command.name()})`,
        command.summary(),
      ]),
    ),
    '## Everywhere',
    table(
      ['option', ''],
      root.options.map((option) => [code(option.flags), option.description]),
    ),
    'Data goes to standard output, progress and errors to standard error. `NO_COLOR` switches colours ' +
      'off. [Exit codes](errors.md).',
    'A value comes from the flag, else from the environment variable of its row, else from the settings ' +
      'file, else it is the default. The settings file is `csms.config.yaml` in the working directory, or ' +
      'what `--config` or `CSMS_CONFIG` names. It has a section per command; keys are the names of the ' +
      'flags; unknown keys are errors:',
    block('yaml', settings),
    'The variable of a flag is `CSMS_`, the command and the flag, in capitals: `CSMS_SERVE_TLS_PORT`, ' +
      '`CSMS_SCENARIO_STATIONS_FORMAT`. Four are of several commands, which mean the same by them: ' +
      '`CSMS_API`, `CSMS_API_KEY` and `CSMS_API_CA` of all that ask a running csms, `CSMS_OUT` of ' +
      '`simulate` and `report`.',
    'Durations are written `500ms`, `30s`, `5min`, `1h30min`.',
    ...loaded.flatMap((command) => sections(command, `csms ${command.name()}`, 2)),
  )
}

function sections(command: Command, name: string, depth: number): readonly string[] {
  const rows = [
    ...command.registeredArguments.map(argumentRow),
    ...command.options.map((option) => optionRow(command, option)),
  ]
  return [
    `${'#'.repeat(depth)} ${name}`,
    command.description(),
    block('', `${name} ${command.usage()}`),
    ...(rows.length > 0 ? [table(['', 'is', 'default', 'environment'], rows)] : []),
    ...examplesOf(command),
    ...command.commands.flatMap((child) => sections(child, `${name} ${child.name()}`, depth + 1)),
  ]
}

function argumentRow(argument: Argument): readonly string[] {
  const { required, variadic, defaultValue } = argument
  const name = `${argument.name()}${variadic ? '...' : ''}`
  const shown = defaultValue === undefined ? '' : code(String(defaultValue))
  return [code(required ? `<${name}>` : `[${name}]`), argument.description, shown, '']
}

function optionRow(command: Command, option: Option): readonly string[] {
  const { flags, description, argChoices, defaultValue, defaultValueDescription } = option
  const choices = argChoices ? `: ${argChoices.map(code).join(', ')}` : ''
  const value = defaultValueDescription ?? String(defaultValue ?? '')
  return [
    code(flags),
    description + choices,
    value === '' ? '' : code(value),
    code(environmentName(command, option)),
  ]
}

/** What the help text ends with. */
function examplesOf(command: Command): readonly string[] {
  let help = ''
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
  const lines = help.split('\nExamples:\n')[1]
  if (lines === undefined) return []
  return [block('sh', lines.trimEnd().replaceAll(/^ {2}\$ /gm, ''))]
}
