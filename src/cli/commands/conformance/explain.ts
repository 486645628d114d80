import { Command, Option } from 'commander'
import { ocppVersions } from '../../../ocpp/version.ts'
import type { ExplainOptions } from '../../conformance-cases.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { optionsOf } from './options.ts'

/** `csms conformance explain`. */
export const explain = (ctx: CliContext): Command =>
  new Command('explain')
    .summary('explain a case')
    .description('Print what a case does, step by step, with the clauses it judges by.')
    .argument('<case>', 'an id like TC_003_CSMS')
    .addOption(
      new Option('--protocol <version>', 'of one version; default: of all that have it').choices(
        ocppVersions,
      ),
    )
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms conformance explain TC_003_CSMS',
        'csms conformance explain TC_B_21_CSMS --protocol ocpp2.1',
      ),
    )
    .action(async (id: string, _options: object, command: Command) => {
      const { explainCase } = await import('../../conformance-cases.ts')
      explainCase(ctx, id, optionsOf<ExplainOptions>(command))
    })
