import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { MergeOptions } from '../../run-report-merge.ts'
import { outOption } from './options.ts'

/** `csms report merge`. */
export const merge = (ctx: CliContext): Command =>
  new Command('merge')
    .summary('make one report of several runners of one run')
    .description(
      'Add the reports of runners that played parts of one run at one time: counts and histograms add, so percentiles are true, and thresholds are judged over everything. Exits with the exit code of the merged report.',
    )
    .argument('<run...>', 'folders of two or more runs, or what else stands for a run')
    .addOption(outOption())
    .option('--json', 'print the merged report, one JSON object')
    .addHelpText('after', examples('csms report merge runner-1 runner-2 runner-3 --out reports'))
    .action(async (runs: readonly string[], options: MergeOptions) => {
      const { mergeRuns } = await import('../../run-report-merge.ts')
      await mergeRuns(ctx, runs, options)
    })
