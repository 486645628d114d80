import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { add } from './stations/add.ts'
import { change } from './stations/change.ts'
import { disconnect } from './stations/disconnect.ts'
import { password } from './stations/password.ts'
import { remove } from './stations/remove.ts'
import { show } from './stations/show.ts'

/** `csms stations`: who is there, what is known of one, and who may come. */
export const stations = (ctx: CliContext): Command =>
  new Command('stations')
    .summary('show and change the stations of a running csms')
    .description(
      'Shows the stations of a running csms, and changes which it knows and how they prove who they are. Without a command it shows.',
    )
    .addCommand(show(ctx), { isDefault: true })
    .addCommand(add(ctx))
    .addCommand(change(ctx))
    .addCommand(password(ctx))
    .addCommand(remove(ctx))
    .addCommand(disconnect(ctx))
    .addHelpText(
      'after',
      examples(
        'csms stations --connected',
        'csms stations CP1',
        'csms stations CP1 configuration',
        'csms stations add CP1 --password-file cp1.txt',
        'csms stations --json --api https://csms.example:9443 --ca pki/trust.pem',
      ),
    )
