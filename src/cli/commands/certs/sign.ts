import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { folderHelp } from './options.ts'

/** `csms certs sign`. */
export const sign = (ctx: CliContext): Command =>
  new Command('sign')
    .summary('sign a firmware image')
    .description(
      'Sign a file with the firmware signer and print the fields of SignedUpdateFirmware that prove it, as JSON.',
    )
    .argument('<folder>', folderHelp)
    .argument('<file>', 'the image')
    .addHelpText('after', examples('csms certs sign pki firmware-2.1.bin'))
    .action(async (folder: string, file: string) => {
      const { signImage } = await import('../../run-certs.ts')
      await signImage(ctx, folder, file)
    })
