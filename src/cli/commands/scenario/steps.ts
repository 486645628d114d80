import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms scenario steps`. */
export const steps = (ctx: CliContext): Command =>
  new Command('steps')
    .summary('list the steps, or explain one')
    .description('List the steps of the scenario language, or explain one with all its keys.')
    .argument('[name]', 'a step')
    .addHelpText('after', examples('csms scenario steps', 'csms scenario steps expect'))
    .action(async (name: string | undefined) => {
      const { showSteps } = await import('../../scenario-tools.ts')
      showSteps(ctx, name)
    })
