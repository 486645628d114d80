import { Command } from 'commander'
import type { CaseListOptions } from '../../conformance-cases.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { optionsOf, withSelection } from './options.ts'

/** `csms conformance list`. */
export const list = (ctx: CliContext): Command =>
  withSelection(new Command('list'))
    .summary('list the cases')
    .description('List the cases of a version with what they need.')
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples('csms conformance list', 'csms conformance list --protocol ocpp2.0.1 --profile K'),
    )
    .action(async (_options: object, command: Command) => {
      const { listCases } = await import('../../conformance-cases.ts')
      listCases(ctx, optionsOf<CaseListOptions>(command))
    })
