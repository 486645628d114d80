import { Command } from 'commander'
import { withApiOptions } from '../../api/api-options.ts'
import type { TokensOptions } from '../../change-tokens.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms tokens list`. */
export const list = (ctx: CliContext): Command =>
  withApiOptions(new Command('list'))
    .summary('list the tokens that have a name')
    .description('Lists the tokens that have a name at a running csms.')
    .option('--json', 'one JSON object instead of a table')
    .addHelpText('after', examples('csms tokens list', 'csms tokens list --json'))
    .action(async (options: TokensOptions) => {
      const { listTokens } = await import('../../change-tokens.ts')
      await listTokens(ctx, options)
    })
