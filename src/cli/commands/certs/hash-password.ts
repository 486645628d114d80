import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms certs hash-password`. */
export const hashPassword = (ctx: CliContext): Command =>
  new Command('hash-password')
    .summary('hash a password for a stations file')
    .description(
      'Read a password from standard input and print its salted hash, the "passwordHash" of a file for "csms serve --stations".',
    )
    .addHelpText('after', examples('csms certs hash-password < password.txt'))
    .action(async () => {
      const { printPasswordHash } = await import('../../run-certs.ts')
      await printPasswordHash(ctx)
    })
