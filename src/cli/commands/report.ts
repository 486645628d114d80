import { Command, InvalidArgumentError, Option } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import type { CompareOptions } from '../run-report-compare.ts'
import type { BaselineOptions, ListOptions } from '../run-report-list.ts'
import type { MergeOptions } from '../run-report-merge.ts'
import type { HtmlOptions, ShowOptions } from '../run-report-show.ts'

const runHelp = 'a folder, a report.json, how a run id begins, a baseline, or "latest" (the newest)'

const outOption = () => new Option('--out <folder>', 'the folder of reports').default('reports')

/** `csms report`: what runs left. */
export const report = (ctx: CliContext): Command =>
  new Command('report')
    .summary('list, show, compare and merge reports')
    .description('List, show, compare and merge what "csms simulate" left.')
    .addCommand(list(ctx))
    .addCommand(show(ctx))
    .addCommand(html(ctx))
    .addCommand(baseline(ctx))
    .addCommand(compare(ctx))
    .addCommand(merge(ctx))
    .addHelpText(
      'after',
      examples(
        'csms report list',
        'csms report show latest',
        "csms report compare main latest --fail-on 'p99>+10%'",
      ),
    )

const list = (ctx: CliContext): Command =>
  new Command('list')
    .summary('list the runs, the newest first')
    .description('List the runs in a folder of reports, the newest first.')
    .addOption(outOption())
    .option('--json', 'print one JSON object instead')
    .addHelpText('after', examples('csms report list', 'csms report list --json'))
    .action(async (options: ListOptions) => {
      const { listReports } = await import('../run-report-list.ts')
      await listReports(ctx, options)
    })

const show = (ctx: CliContext): Command =>
  new Command('show')
    .summary('print the summary of a run again')
    .description('Print the summary of a run again. Exit code 0, whatever the verdict was.')
    .argument('[run]', runHelp, 'latest')
    .addOption(outOption())
    .option('--json', 'print the report, one JSON object')
    .addHelpText('after', examples('csms report show', 'csms report show k3v9'))
    .action(async (run: string, options: ShowOptions) => {
      const { showReport } = await import('../run-report-show.ts')
      await showReport(ctx, run, options)
    })

const html = (ctx: CliContext): Command =>
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
      const { writeHtml } = await import('../run-report-show.ts')
      await writeHtml(ctx, run, options)
    })

const baseline = (ctx: CliContext): Command =>
  new Command('baseline')
    .summary('give a run a name that stands for it')
    .description(
      'Give a run a name, which then stands for it wherever a run is meant. A name belongs to one run: given again, it moves.',
    )
    .argument('<name>', 'letters, digits, dots, dashes', baselineName)
    .argument('[run]', runHelp.replace(' (the newest)', ' (default)'))
    .addOption(outOption())
    .option('--remove', 'take the name away')
    .addHelpText(
      'after',
      examples('csms report baseline main', 'csms report baseline release-1.4 k3v9'),
    )
    .action(async (name: string, run: string | undefined, options: BaselineOptions) => {
      const { nameBaseline } = await import('../run-report-list.ts')
      await nameBaseline(ctx, name, run, options)
    })

function baselineName(text: string): string {
  if (text === 'latest') throw new InvalidArgumentError('It stands for the newest run.')
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/.test(text)) return text
  throw new InvalidArgumentError('It must be letters, digits, dots and dashes, at most 60.')
}

const gather = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  text,
]

const compare = (ctx: CliContext): Command =>
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
      gather,
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
      const { compareRuns } = await import('../run-report-compare.ts')
      await compareRuns(ctx, [before, after], options)
    })

const merge = (ctx: CliContext): Command =>
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
      const { mergeRuns } = await import('../run-report-merge.ts')
      await mergeRuns(ctx, runs, options)
    })
