import { Command } from 'commander'
import { type ApiOptions, withApiOptions } from '../../api/api-options.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms tokens block`. */
export const block = (ctx: CliContext): Command =>
  change(ctx, 'block', 'Blocked', 'stop a token from charging')

/** `csms tokens unblock`. */
export const unblock = (ctx: CliContext): Command =>
  change(ctx, 'unblock', 'Accepted', 'let a token charge again')

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
      const { setStatus } = await import('../../change-tokens.ts')
      await setStatus(ctx, idToken, status, options)
    })
