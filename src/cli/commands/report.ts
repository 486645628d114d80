import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { baseline } from './report/baseline.ts'
import { compare } from './report/compare.ts'
import { html } from './report/html.ts'
import { list } from './report/list.ts'
import { merge } from './report/merge.ts'
import { show } from './report/show.ts'

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
