import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms api-keys remove`. */
export const remove = (ctx: CliContext): Command =>
  new Command('remove')
    .summary('remove a key')
    .description('Removes a key from a file; a csms that runs knows it until it is started again.')
    .argument('<file>', 'the keys file, JSON')
    .argument('<name>', 'who has the key')
    .addHelpText('after', examples('csms api-keys remove keys.json ci'))
    .action(async (file: string, name: string) => {
      const { removeApiKey } = await import('../../api-keys-file.ts')
      await removeApiKey(ctx, file, name)
    })
