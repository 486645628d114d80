import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { ListOptions } from '../../run-report-list.ts'
import { outOption } from './options.ts'

/** `csms report list`. */
export const list = (ctx: CliContext): Command =>
  new Command('list')
    .summary('list the runs, the newest first')
    .description('List the runs in a folder of reports, the newest first.')
    .addOption(outOption())
    .option('--json', 'print one JSON object instead')
    .addHelpText('after', examples('csms report list', 'csms report list --json'))
    .action(async (options: ListOptions) => {
      const { listReports } = await import('../../run-report-list.ts')
      await listReports(ctx, options)
    })
