import { Command, Option } from 'commander'
import { authorizationStatuses } from '../../ocpp/authorization-status.ts'
import { type ApiOptions, withApiOptions } from '../api/api-options.ts'
import type { TokenOptions, TokensOptions } from '../change-tokens.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { instant } from '../parse.ts'

/** `csms tokens`: who may charge. */
export const tokens = (ctx: CliContext): Command =>
  new Command('tokens')
    .summary('show and change who may charge at a running csms')
    .description(
      'Shows and changes the idTokens (1.6: idTags) of a running csms. With --data it remembers them over a restart.',
    )
    .addCommand(list(ctx))
    .addCommand(add(ctx))
    .addCommand(change(ctx, 'block', 'Blocked', 'stop a token from charging'))
    .addCommand(change(ctx, 'unblock', 'Accepted', 'let a token charge again'))
    .addCommand(remove(ctx))
    .addHelpText(
      'after',
      examples(
        'csms tokens list',
        'csms tokens add DRIVER1 --group SMITH --expiry 2027-01-01T00:00:00Z',
        'csms tokens block DRIVER1',
        'csms tokens remove DRIVER1',
      ),
    )

const list = (ctx: CliContext): Command =>
  withApiOptions(new Command('list'))
    .summary('list the tokens that have a name')
    .description('Lists the tokens that have a name at a running csms.')
    .option('--json', 'one JSON object instead of a table')
    .addHelpText('after', examples('csms tokens list', 'csms tokens list --json'))
    .action(async (options: TokensOptions) => {
      const { listTokens } = await import('../change-tokens.ts')
      await listTokens(ctx, options)
    })

const add = (ctx: CliContext): Command =>
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
      const { addToken } = await import('../change-tokens.ts')
      await addToken(ctx, idToken, options)
    })

const change = (
  ctx: CliContext,
  name: 'block' | 'unblock',
  status: 'Blocked' | 'Accepted',
  summary: string,
): Command =>
  withApiOptions(new Command(name))
    .summary(summary)
    .description(`Sets the status of a token to ${status} and prints it.`)
    .argument('<token>', 'the idToken (1.6: idTag)')
    .addHelpText('after', examples(`csms tokens ${name} DRIVER1`))
    .action(async (idToken: string, options: ApiOptions) => {
      const { setStatus } = await import('../change-tokens.ts')
      await setStatus(ctx, idToken, status, options)
    })

const remove = (ctx: CliContext): Command =>
  withApiOptions(new Command('remove'))
    .summary('forget a token')
    .description('Forgets a token: from then on it is one that nobody named.')
    .argument('<token>', 'the idToken (1.6: idTag)')
    .addHelpText('after', examples('csms tokens remove DRIVER1'))
    .action(async (idToken: string, options: ApiOptions) => {
      const { removeToken } = await import('../change-tokens.ts')
      await removeToken(ctx, idToken, options)
    })
