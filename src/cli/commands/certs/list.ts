import { Command } from 'commander'
import { withKnownApi } from '../../api/api-options.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { ListOptions } from '../../issued-certificates.ts'
import { authorityHelp } from './options.ts'

/** `csms certs list`. */
export const list = (ctx: CliContext): Command =>
  withKnownApi(new Command('list'))
    .summary('list what was issued')
    .description('List what the authority issued, in order, and what became of it.')
    .argument('<authority>', authorityHelp)
    .option('--station <id>', 'only what was issued to this station')
    .option('--json', 'print one JSON object instead')
    .addHelpText('after', examples('csms certs list pki', 'csms certs list pki --json'))
    .action(async (authority: string, options: ListOptions) => {
      const { listCertificates } = await import('../../issued-certificates.ts')
      await listCertificates(ctx, authority, options)
    })
