import { Command, InvalidArgumentError } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { BaselineOptions } from '../../run-report-list.ts'
import { outOption, runHelp } from './options.ts'

/** `csms report baseline`. */
export const baseline = (ctx: CliContext): Command =>
  new Command('baseline')
    .summary('give a run a name that stands for it')
    .description(
      'Give a run a name, which then stands for it wherever a run is meant. A name belongs to one run: given again, it moves.',
    )
    .argument('<name>', 'letters, digits, dots, dashes', baselineName)
    .argument('[run]', runHelp.replace(' (the newest)', ' (default)'))
    .addOption(outOption())
    .option('--remove', 'take the name away')
    .addHelpText(
      'after',
      examples('csms report baseline main', 'csms report baseline release-1.4 k3v9'),
    )
    .action(async (name: string, run: string | undefined, options: BaselineOptions) => {
      const { nameBaseline } = await import('../../run-report-list.ts')
      await nameBaseline(ctx, name, run, options)
    })

function baselineName(text: string): string {
  if (text === 'latest') throw new InvalidArgumentError('It stands for the newest run.')
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/.test(text)) return text
  throw new InvalidArgumentError('It must be letters, digits, dots and dashes, at most 60.')
}
