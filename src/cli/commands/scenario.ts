import { Command, Option } from 'commander'
import { ocppVersions } from '../../ocpp/version.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { setting } from '../parse.ts'
import type { StationsOptions, ValidateOptions } from '../scenario-tools.ts'

/** `csms scenario`: everything about scenario files but running them. */
export const scenario = (ctx: CliContext): Command =>
  new Command('scenario')
    .summary('check, begin and look up scenario files')
    .description('Check, begin and look up scenario files; "csms simulate" runs them.')
    .addCommand(validate(ctx))
    .addCommand(steps(ctx))
    .addCommand(executors(ctx))
    .addCommand(init(ctx))
    .addCommand(stations(ctx))
    .addHelpText(
      'after',
      examples(
        'csms scenario init evening.yaml',
        'csms scenario validate evening.yaml',
        'csms scenario steps charge',
      ),
    )

const validate = (ctx: CliContext): Command =>
  new Command('validate')
    .summary('check scenario files')
    .description(
      'Check scenario files and show everything that is wrong in them. Exit code 104 then.',
    )
    .argument('<file...>', 'scenario YAML, "-" for standard input')
    .addOption(
      new Option('--protocol <version>', 'check for this version').choices([...ocppVersions]),
    )
    .option('--set <name=value>', 'replaces a value of the file’s "vars"; may be repeated', setting)
    .addHelpText(
      'after',
      examples(
        'csms scenario validate scenarios/*.yaml',
        'csms scenario validate evening.yaml --protocol ocpp2.0.1',
        'csms scenario validate evening.yaml --set stations=5000 --set rate=200/s',
      ),
    )
    .action(async (files: readonly string[], options: ValidateOptions) => {
      const { validateScenarios } = await import('../scenario-tools.ts')
      await validateScenarios(ctx, files, options)
    })

const steps = (ctx: CliContext): Command =>
  new Command('steps')
    .summary('list the steps, or explain one')
    .description('List the steps of the scenario language, or explain one with all its keys.')
    .argument('[name]', 'a step')
    .addHelpText('after', examples('csms scenario steps', 'csms scenario steps expect'))
    .action(async (name: string | undefined) => {
      const { showSteps } = await import('../scenario-tools.ts')
      showSteps(ctx, name)
    })

const executors = (ctx: CliContext): Command =>
  new Command('executors')
    .summary('list the ways load arrives, or explain one')
    .description('List the executors of a load section, or explain one with all its keys.')
    .argument('[name]', 'an executor')
    .addHelpText(
      'after',
      examples('csms scenario executors', 'csms scenario executors ramping-stations'),
    )
    .action(async (name: string | undefined) => {
      const { showExecutors } = await import('../scenario-tools.ts')
      showExecutors(ctx, name)
    })

const init = (ctx: CliContext): Command =>
  new Command('init')
    .summary('write a scenario to start from')
    .description('Write a small commented scenario that runs as it stands.')
    .argument('[file]', 'where to', 'scenario.yaml')
    .option('--force', 'overwrite the file')
    .addHelpText('after', examples('csms scenario init', 'csms scenario init evening.yaml --force'))
    .action(async (file: string, options: { readonly force?: boolean }) => {
      const { initScenario } = await import('../scenario-tools.ts')
      await initScenario(ctx, file, options.force ?? false)
    })

const stations = (ctx: CliContext): Command =>
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
      const { printStations } = await import('../scenario-tools.ts')
      await printStations(ctx, file, options)
    })
