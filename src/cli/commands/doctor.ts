import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'

/** `csms doctor`: what this machine can carry. */
export const doctor = (ctx: CliContext): Command =>
  new Command('doctor')
    .summary('tell what this machine can carry and what to change')
    .description(
      'Looks at what bounds a run here: Node, cores, memory, open files, local ports, timers and loopback. Exit code 0 where csms can run, 1 where it cannot.',
    )
    .option('--json', 'print one JSON object instead')
    .addHelpText('after', examples('csms doctor', 'csms doctor --json'))
    .action(async (options: { readonly json?: boolean }) => {
      const { runDoctor } = await import('../run-doctor.ts')
      await runDoctor(ctx, options.json ?? false)
    })
