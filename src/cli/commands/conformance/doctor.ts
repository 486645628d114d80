import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { ConformanceDoctorOptions } from '../../run-conformance-doctor.ts'
import { optionsOf, withSelection, withSetting } from './options.ts'

/** `csms conformance doctor`. */
export const doctor = (ctx: CliContext): Command =>
  withSetting(withSelection(new Command('doctor')))
    .summary('tell whether a CSMS is ready to be judged')
    .description(
      'Connects as a station, boots, shows every token, looks whether an API is there and holds hooks and fixtures against the cases. Exit code 0: ready; 3: something is missing; 4: no station gets in.',
    )
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms conformance doctor --target ws://10.0.0.5/ocpp --fixtures fixtures.yaml',
        'csms conformance doctor --target ws://10.0.0.5/ocpp --hooks hooks.yaml --protocol ocpp2.0.1',
      ),
    )
    .action(async (_options: object, command: Command) => {
      const { runConformanceDoctor } = await import('../../run-conformance-doctor.ts')
      await runConformanceDoctor(ctx, optionsOf<ConformanceDoctorOptions>(command))
    })
