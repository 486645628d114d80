import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import type { ExplainOptions } from '../run-explain.ts'

/** `csms explain`: what a rule or a case of a report means. */
export const explain = (ctx: CliContext): Command =>
  new Command('explain')
    .summary('explain a rule or a conformance case')
    .description(
      'Prints what a rule demands, by which clause and in which versions, with exchanges that break it and others that nearly do; of a case, what it does step by step. And where either lives.',
    )
    .argument('<id>', 'of a rule or a case, as reports show it')
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms explain TX_SEQ_FALLS',
        'csms explain RPC_TWO_CALLS',
        'csms explain TC_003_CSMS',
      ),
    )
    .action(async (id: string, options: ExplainOptions) => {
      const { runExplain } = await import('../run-explain.ts')
      runExplain(ctx, id, options)
    })
