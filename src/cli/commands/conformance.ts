import { Command, Option } from 'commander'
import { writerNames } from '../../conformance/report/writer-names.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import type { CliContext } from '../context.ts'
import { durationOption } from '../duration-option.ts'
import { examples } from '../examples.ts'
import { gathered, header, url, whole } from '../parse.ts'
import { reportChoices } from '../report-choice.ts'
import type { ConformanceCliOptions } from '../run-conformance-command.ts'

const text = (value: string) => value

/** `csms conformance`: a verdict on a CSMS, case by case. */
export const conformance = (ctx: CliContext): Command =>
  new Command('conformance')
    .summary('judge a CSMS by the cases that the field knows')
    .description(
      'Plays conformance cases against the embedded CSMS or any other, and judges each by frames alone. Exit code 0: everything that was to pass did; 3: something failed, or nothing was played.',
    )
    .option('--target <url>', 'CSMS to judge; default: the embedded one', url('ws', 'wss'))
    .addOption(
      new Option('--protocol <version>', 'whose cases').choices(ocppVersions).default('ocpp1.6'),
    )
    .option('--case <id>', 'only these, * for anything; may be repeated', gathered(text))
    .option('--exclude <id>', 'not these; may be repeated', gathered(text))
    .option('--profile <name>', 'only of this profile or group; may be repeated', gathered(text))
    .option('--tag <tag>', 'only hands-free, hooked, negative ...; may be repeated', gathered(text))
    .option('--header <name: value>', 'sent with every upgrade; may be repeated', header)
    .option('--parallel <n>', 'cases side by side', whole(1, 64), 4)
    .option('--retries <n>', 'play what did not pass again', whole(0, 10), 0)
    .addOption(durationOption('--timeout <duration>', 'until what must come is missing', 10_000))
    .option(
      '--report <name=file>',
      `${writerNames.join('|')}, several with commas between; - is standard output`,
      reportChoices,
    )
    .option('--trace-dir <folder>', 'write what every case said and heard, an object a line')
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms conformance --protocol ocpp2.0.1',
        "csms conformance --target ws://localhost:9000/ocpp --case 'TC_0*'",
        'csms conformance --tag negative',
      ),
    )
    .action(async (options: ConformanceCliOptions) => {
      const { runConformanceCommand } = await import('../run-conformance-command.ts')
      await runConformanceCommand(ctx, options)
    })
