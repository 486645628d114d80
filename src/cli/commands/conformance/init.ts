import { Command, Option } from 'commander'
import { presetNames } from '../../../conformance/hooks/presets/registry.ts'
import type { InitOptions } from '../../conformance-init.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { optionsOf } from './options.ts'

/** `csms conformance init`. */
export const init = (ctx: CliContext): Command =>
  new Command('init')
    .summary('write the files that describe your CSMS')
    .description(
      'Write hooks.yaml, fixtures.yaml, features.yaml and known-failures.yaml to start from, with comments.',
    )
    .argument('[folder]', 'where to', 'conformance')
    .addOption(
      new Option('--preset <name>', 'whose API it has').choices(presetNames).default('generic'),
    )
    .option('--force', 'overwrite the files')
    .addHelpText(
      'after',
      examples('csms conformance init', 'csms conformance init ci/ocpp --preset citrineos'),
    )
    .action(async (folder: string, _options: object, command: Command) => {
      const { initConformance } = await import('../../conformance-init.ts')
      await initConformance(ctx, folder, optionsOf<InitOptions>(command))
    })
