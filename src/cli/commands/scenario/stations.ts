import { Command, Option } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { setting } from '../../parse.ts'
import type { StationsOptions } from '../../scenario-tools.ts'

/** `csms scenario stations`. */
export const stations = (ctx: CliContext): Command =>
  new Command('stations')
    .summary('print a scenario’s stations, to provision another CSMS')
    .description(
      'Print identities, passwords and idTokens of all stations of a scenario. What it prints is what "stations: {file}" of a fleet reads.',
    )
    .argument('<file>', 'scenario YAML, "-" for standard input')
    .addOption(new Option('--format <format>', 'output').choices(['json', 'csv']).default('json'))
    .addOption(new Option('--csv', 'short for --format csv').implies({ format: 'csv' }))
    .option('--set <name=value>', 'replaces a value of the file’s "vars"; may be repeated', setting)
    .addHelpText(
      'after',
      examples(
        'csms scenario stations evening.yaml',
        'csms scenario stations evening.yaml --csv > fleet.csv',
      ),
    )
    .action(async (file: string, options: StationsOptions) => {
      const { printStations } = await import('../../scenario-tools.ts')
      await printStations(ctx, file, options)
    })
