import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { HtmlOptions } from '../../run-report-show.ts'
import { outOption, runHelp } from './options.ts'

/** `csms report html`. */
export const html = (ctx: CliContext): Command =>
  new Command('html')
    .summary('write the page of a run again')
    .description('Write report.html of a run again, and print where.')
    .argument('[run]', runHelp, 'latest')
    .addOption(outOption())
    .option('--file <file>', 'where to; default: report.html beside the report')
    .addHelpText(
      'after',
      examples('csms report html', 'csms report html main --file public/index.html'),
    )
    .action(async (run: string, options: HtmlOptions) => {
      const { writeHtml } = await import('../../run-report-show.ts')
      await writeHtml(ctx, run, options)
    })
