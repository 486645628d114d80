import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms scenario init`. */
export const init = (ctx: CliContext): Command =>
  new Command('init')
    .summary('write a scenario to start from')
    .description('Write a small commented scenario that runs as it stands.')
    .argument('[file]', 'where to', 'scenario.yaml')
    .option('--force', 'overwrite the file')
    .addHelpText('after', examples('csms scenario init', 'csms scenario init evening.yaml --force'))
    .action(async (file: string, options: { readonly force?: boolean }) => {
      const { initScenario } = await import('../../scenario-tools.ts')
      await initScenario(ctx, file, options.force ?? false)
    })
