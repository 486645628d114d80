import { Command } from 'commander'
import { type ApiOptions, withApiOptions } from '../../api/api-options.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms tokens remove`. */
export const remove = (ctx: CliContext): Command =>
  withApiOptions(new Command('remove'))
    .summary('forget a token')
    .description('Forgets a token: from then on it is one that nobody named.')
    .argument('<token>', 'the idToken (1.6: idTag)')
    .addHelpText('after', examples('csms tokens remove DRIVER1'))
    .action(async (idToken: string, options: ApiOptions) => {
      const { removeToken } = await import('../../change-tokens.ts')
      await removeToken(ctx, idToken, options)
    })
