import { Command, Option } from 'commander'
import { authorizationStatuses } from '../../../ocpp/authorization-status.ts'
import { withApiOptions } from '../../api/api-options.ts'
import type { TokenOptions } from '../../change-tokens.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { instant } from '../../parse.ts'

/** `csms tokens add`. */
export const add = (ctx: CliContext): Command =>
  withApiOptions(new Command('add'))
    .summary('make a token, or replace what is known of it')
    .description('Makes a token, or replaces what is known of it, and prints it.')
    .argument('<token>', 'the idToken (1.6: idTag)')
    .option('--type <type>', 'its type in 2.x, for example ISO14443; without it: any')
    .addOption(
      new Option('--status <status>', 'what stations are answered')
        .choices([...authorizationStatuses])
        .default('Accepted'),
    )
    .option('--expiry <instant>', 'from then on it is Expired: 2027-01-01T00:00:00Z', instant)
    .option('--group <token>', 'its group (1.6: parentIdTag)')
    .option('--one-at-a-time', 'it may be in one transaction at a time')
    .addHelpText(
      'after',
      examples('csms tokens add DRIVER1', 'csms tokens add DRIVER2 --group SMITH --one-at-a-time'),
    )
    .action(async (idToken: string, options: TokenOptions) => {
      const { addToken } = await import('../../change-tokens.ts')
      await addToken(ctx, idToken, options)
    })
