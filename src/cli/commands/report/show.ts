import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { ShowOptions } from '../../run-report-show.ts'
import { outOption, runHelp } from './options.ts'

/** `csms report show`. */
export const show = (ctx: CliContext): Command =>
  new Command('show')
    .summary('print the summary of a run again')
    .description('Print the summary of a run again. Exit code 0, whatever the verdict was.')
    .argument('[run]', runHelp, 'latest')
    .addOption(outOption())
    .option('--json', 'print the report, one JSON object')
    .addHelpText('after', examples('csms report show', 'csms report show k3v9'))
    .action(async (run: string, options: ShowOptions) => {
      const { showReport } = await import('../../run-report-show.ts')
      await showReport(ctx, run, options)
    })
