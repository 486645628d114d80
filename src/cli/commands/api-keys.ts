import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { add } from './api-keys/add.ts'
import { list } from './api-keys/list.ts'
import { remove } from './api-keys/remove.ts'

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
