import { Command } from 'commander'
import { withApiOptions } from '../api/api-options.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import type { WatchOptions } from '../watch-events.ts'

/** `csms watch`: the event stream of the operator's API. */
export const watch = (ctx: CliContext): Command =>
  withApiOptions(new Command('watch'))
    .summary('follow what happens at a running csms')
    .description(
      'Prints a line for everything that happens at a running csms, until it is interrupted (exit code 0). When the connection breaks it comes back and goes on where it was, and says so.',
    )
    .option('--station <id>', 'only what happens at this station')
    .option('--types <names>', 'only these events: connected,booted,status,transactionStarted,...')
    .option('--frames', 'every frame, too, secrets hidden')
    .option('--json', 'one object a line')
    .addHelpText(
      'after',
      examples(
        'csms watch',
        'csms watch --station CP1 --frames',
        'csms watch --types transactionStarted,transactionStopped --json',
      ),
    )
    .action(async (options: WatchOptions) => {
      const { watchEvents } = await import('../watch-events.ts')
      await watchEvents(ctx, options)
    })
