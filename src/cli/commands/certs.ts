import { Command } from 'commander'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { hashPassword } from './certs/hash-password.ts'
import { init } from './certs/init.ts'
import { issue } from './certs/issue.ts'
import { list } from './certs/list.ts'
import { revoke } from './certs/revoke.ts'
import { sign } from './certs/sign.ts'

/** `csms certs`: the certificates of a lab. */
export const certs = (ctx: CliContext): Command =>
  new Command('certs')
    .summary('make a lab PKI, issue and revoke certificates, hash passwords')
    .description(
      'Make and keep the certificates that security profiles 2 and 3 need: an authority, servers, stations, a firmware signer.',
    )
    .addCommand(init(ctx))
    .addCommand(issue(ctx))
    .addCommand(revoke(ctx))
    .addCommand(list(ctx))
    .addCommand(sign(ctx))
    .addCommand(hashPassword(ctx))
    .addHelpText(
      'after',
      examples(
        "csms certs init pki --hosts localhost,127.0.0.1 --stations 'CP{1..10}'",
        'csms certs list pki',
        'csms certs revoke pki CP3 --reason keyCompromise',
      ),
    )
