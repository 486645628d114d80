import { Command, Option } from 'commander'
import { ocppVersions } from '../../../ocpp/version.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { setting } from '../../parse.ts'
import type { ValidateOptions } from '../../scenario-tools.ts'

/** `csms scenario validate`. */
export const validate = (ctx: CliContext): Command =>
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
      const { validateScenarios } = await import('../../scenario-tools.ts')
      await validateScenarios(ctx, files, options)
    })
