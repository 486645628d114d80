import { Command, Option } from 'commander'
import { revocationReasons } from '../../../platform/pki/ledger.ts'
import { withKnownApi } from '../../api/api-options.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { RevokeOptions } from '../../issued-certificates.ts'
import { authorityHelp } from './options.ts'

/** `csms certs revoke`. */
export const revoke = (ctx: CliContext): Command =>
  withKnownApi(new Command('revoke'))
    .summary('revoke a certificate')
    .description(
      'Revoke one certificate by its serial number, or all that a station has, and sign a new revocation list. A running "csms serve --ca" refuses them from the next handshake on; one that is asked to by its URL also closes the connections that rest on them.',
    )
    .argument('<authority>', authorityHelp)
    .argument('<certificate>', 'a serial number, or the identity of a station')
    .addOption(
      new Option('--reason <reason>', 'why').choices(revocationReasons).default('unspecified'),
    )
    .addHelpText(
      'after',
      examples(
        'csms certs revoke pki CP3',
        'csms certs revoke pki 5AF1C8… --reason superseded',
        'csms certs revoke https://csms.example:9000 CP3 --ca pki/trust.pem',
      ),
    )
    .action(async (authority: string, certificate: string, options: RevokeOptions) => {
      const { revokeCertificates } = await import('../../issued-certificates.ts')
      await revokeCertificates(ctx, authority, certificate, options)
    })
