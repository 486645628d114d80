import { Command, Option } from 'commander'
import { type Role, roles } from '../../../csms/api/access/api-key.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms api-keys add`. */
export const add = (ctx: CliContext): Command =>
  new Command('add')
    .summary('make a key')
    .description(
      'Makes a key, puts its hash into the file (which is made where there is none) and prints the key.',
    )
    .argument('<file>', 'the keys file, JSON')
    .argument('<name>', 'who has the key; told in logs')
    .addOption(
      new Option(
        '--role <role>',
        'viewer: look; operator: also send CALLs and change tokens; admin: everything',
      )
        .choices([...roles])
        .default('operator'),
    )
    .addHelpText('after', examples('csms api-keys add keys.json alice --role admin'))
    .action(async (file: string, name: string, { role }: { readonly role: Role }) => {
      const { addApiKey } = await import('../../api-keys-file.ts')
      await addApiKey(ctx, file, name, role)
    })
