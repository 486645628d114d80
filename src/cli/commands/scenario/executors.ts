import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms scenario executors`. */
export const executors = (ctx: CliContext): Command =>
  new Command('executors')
    .summary('list the ways load arrives, or explain one')
    .description('List the executors of a load section, or explain one with all its keys.')
    .argument('[name]', 'an executor')
    .addHelpText(
      'after',
      examples('csms scenario executors', 'csms scenario executors ramping-stations'),
    )
    .action(async (name: string | undefined) => {
      const { showExecutors } = await import('../../scenario-tools.ts')
      showExecutors(ctx, name)
    })
