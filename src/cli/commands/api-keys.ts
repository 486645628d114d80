import { Command, Option } from 'commander'
import { type Role, roles } from '../../csms/api/access/api-key.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'

/** `csms api-keys`: who may ask the operator's API of `csms serve --api-keys`. */
export const apiKeys = (ctx: CliContext): Command =>
  new Command('api-keys')
    .summary('make and remove the keys of the operator’s API')
    .description(
      'Makes and removes the keys of a file for "csms serve --api-keys". The file holds hashes: a key is shown once, when it is made.',
    )
    .addCommand(add(ctx))
    .addCommand(list(ctx))
    .addCommand(remove(ctx))
    .addHelpText(
      'after',
      examples(
        'csms api-keys add keys.json ci',
        'csms api-keys add keys.json grafana --role viewer',
        'csms api-keys list keys.json',
      ),
    )

const add = (ctx: CliContext): Command =>
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
      const { addApiKey } = await import('../api-keys-file.ts')
      await addApiKey(ctx, file, name, role)
    })

const list = (ctx: CliContext): Command =>
  new Command('list')
    .summary('list the keys’ names and roles')
    .description('Lists the names and roles of the keys in a file.')
    .argument('<file>', 'the keys file')
    .addHelpText('after', examples('csms api-keys list keys.json'))
    .action(async (file: string) => {
      const { listApiKeys } = await import('../api-keys-file.ts')
      await listApiKeys(ctx, file)
    })

const remove = (ctx: CliContext): Command =>
  new Command('remove')
    .summary('remove a key')
    .description('Removes a key from a file; a csms that runs knows it until it is started again.')
    .argument('<file>', 'the keys file, JSON')
    .argument('<name>', 'who has the key')
    .addHelpText('after', examples('csms api-keys remove keys.json ci'))
    .action(async (file: string, name: string) => {
      const { removeApiKey } = await import('../api-keys-file.ts')
      await removeApiKey(ctx, file, name)
    })
