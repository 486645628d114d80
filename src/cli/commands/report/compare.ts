import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { gathered } from '../../parse.ts'
import type { CompareOptions } from '../../run-report-compare.ts'
import { outOption, runHelp } from './options.ts'

/** `csms report compare`. */
export const compare = (ctx: CliContext): Command =>
  new Command('compare')
    .summary('tell what changed from one run to another')
    .description(
      'Hold each figure of two runs against the noise within them. Exit code 0, or 99 where a condition of --fail-on is broken; 104 where the runs cannot be compared.',
    )
    .argument('<before>', runHelp)
    .argument('<after>', 'as before')
    .addOption(outOption())
    .option(
      '--fail-on <condition>',
      "like 'p99>+10%', 'rate<-5%', 'errors>+0.001', 'p95{action:Heartbeat}>+5ms', worse; may be repeated",
      gathered(String),
    )
    .option('--force', 'compare runs that should not be compared')
    .option('--markdown', 'print Markdown, for a pull request’s comment')
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms report compare main latest',
        "csms report compare main latest --fail-on 'p99>+10%' --fail-on 'errors>+0.001'",
        'csms report compare main latest --markdown > comment.md',
      ),
    )
    .action(async (before: string, after: string, options: CompareOptions) => {
      const { compareRuns } = await import('../../run-report-compare.ts')
      await compareRuns(ctx, [before, after], options)
    })
