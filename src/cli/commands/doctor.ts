import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { setting, whole } from '../parse.ts'
import type { DoctorOptions } from '../run-doctor.ts'

/** `csms doctor`: what this machine can carry. */
export const doctor = (ctx: CliContext): Command =>
  new Command('doctor')
    .summary('tell what this machine can carry and what to change')
    .description(
      'Looks at what bounds a run here: Node, cores, memory, open files, local ports, timers and loopback. With a scenario file also whether the machine carries its run against the embedded CSMS, and which number to change. Exit code 0 where csms can run, 1 where it cannot, 2 where it cannot run the scenario.',
    )
    .argument('[file]', 'scenario YAML; "-" reads standard input')
    .option('--stations <n>', 'of all fleets together', whole(1, 1_000_000))
    .option('--set <name=value>', 'replaces a value of the file’s "vars"; may be repeated', setting)
    .option('--workers <n>', 'station processes; default: what fits the machine', whole(1, 1024))
    .option(
      '--processes <n>',
      'processes of the embedded CSMS; default: what fits the machine',
      whole(1, 256),
    )
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms doctor',
        'csms doctor scenarios/city-50k.yaml',
        'csms doctor scenarios/quickstart.yaml --stations 100000',
        'csms doctor --json',
      ),
    )
    .action(async (file: string | undefined, options: DoctorOptions) => {
      const { runDoctor } = await import('../run-doctor.ts')
      await runDoctor(ctx, file, options)
    })
