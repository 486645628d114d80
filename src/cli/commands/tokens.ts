import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { add } from './tokens/add.ts'
import { block, unblock } from './tokens/block.ts'
import { list } from './tokens/list.ts'
import { remove } from './tokens/remove.ts'

/** `csms tokens`: who may charge. */
export const tokens = (ctx: CliContext): Command =>
  new Command('tokens')
    .summary('show and change who may charge at a running csms')
    .description(
      'Shows and changes the idTokens (1.6: idTags) of a running csms. With --data it remembers them over a restart.',
    )
    .addCommand(list(ctx))
    .addCommand(add(ctx))
    .addCommand(block(ctx))
    .addCommand(unblock(ctx))
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
