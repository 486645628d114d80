import { Command, Option } from 'commander'
import { writerNames } from '../../conformance/report/writer-names.ts'
import type { ConformanceCliOptions } from '../conformance-options.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { whole } from '../parse.ts'
import { reportChoices } from '../report-choice.ts'
import { doctor } from './conformance/doctor.ts'
import { explain } from './conformance/explain.ts'
import { init } from './conformance/init.ts'
import { list } from './conformance/list.ts'
import { refuseWords, withSelection, withSetting } from './conformance/options.ts'

/** `csms conformance`: a verdict on a CSMS, case by case. */
export const conformance = (ctx: CliContext): Command =>
  withSetting(withSelection(new Command('conformance')))
    .summary('judge a CSMS by the cases that the field knows')
    .description(
      'Plays conformance cases against the embedded CSMS or any other, and judges each by frames alone. Exit code 0: everything that was to pass did; 3: something failed, or nothing was played; 4: no station gets in.',
    )
    .option('--parallel <n>', 'cases side by side', whole(1, 64), 4)
    .option('--retries <n>', 'play what did not pass again', whole(0, 10), 0)
    .option('--bail', 'begin no other case after the first that is red')
    .addOption(
      new Option('--level <level>', 'what is red: what breaks a MUST, or also a SHOULD')
        .choices(['must', 'should'])
        .default('must'),
    )
    .option('--features <file>', 'YAML of what the CSMS does not claim: {C-13: false}')
    .option('--expect-failures <file>', 'YAML of cases that are known to fail')
    .option('--write-baseline <file>', 'write what fails now as such a list')
    .option(
      '--report <name=file>',
      `${writerNames.join('|')}, several with commas between; - is standard output`,
      reportChoices,
    )
    .option('--trace-dir <folder>', 'write what every case said and heard, an object a line')
    .option('--json', 'print one JSON object instead')
    .addCommand(list(ctx))
    .addCommand(explain(ctx))
    .addCommand(doctor(ctx))
    .addCommand(init(ctx))
    .addHelpText(
      'after',
      examples(
        'csms conformance --protocol ocpp2.1',
        "csms conformance --target ws://localhost:9000/ocpp --case 'TC_0*'",
        'csms conformance --target ws://10.0.0.5/ocpp --hooks hooks.yaml',
        'csms conformance --target ws://10.0.0.5/ocpp --preset steve --api http://10.0.0.5:8180/steve',
        'csms conformance --tag negative',
      ),
    )
    .allowExcessArguments()
    .action(async (options: ConformanceCliOptions, command: Command) => {
      refuseWords(command)
      const { runConformanceCommand } = await import('../run-conformance-command.ts')
      await runConformanceCommand(ctx, options)
    })
