import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms api-keys list`. */
export const list = (ctx: CliContext): Command =>
  new Command('list')
    .summary('list the keys’ names and roles')
    .description('Lists the names and roles of the keys in a file.')
    .argument('<file>', 'the keys file')
    .addHelpText('after', examples('csms api-keys list keys.json'))
    .action(async (file: string) => {
      const { listApiKeys } = await import('../../api-keys-file.ts')
      await listApiKeys(ctx, file)
    })
