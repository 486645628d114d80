import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { executors } from './scenario/executors.ts'
import { init } from './scenario/init.ts'
import { stations } from './scenario/stations.ts'
import { steps } from './scenario/steps.ts'
import { validate } from './scenario/validate.ts'

/** `csms scenario`: everything about scenario files but running them. */
export const scenario = (ctx: CliContext): Command =>
  new Command('scenario')
    .summary('check, begin and look up scenario files')
    .description('Check, begin and look up scenario files; "csms simulate" runs them.')
    .addCommand(validate(ctx))
    .addCommand(steps(ctx))
    .addCommand(executors(ctx))
    .addCommand(init(ctx))
    .addCommand(stations(ctx))
    .addHelpText(
      'after',
      examples(
        'csms scenario init evening.yaml',
        'csms scenario validate evening.yaml',
        'csms scenario steps charge',
      ),
    )
