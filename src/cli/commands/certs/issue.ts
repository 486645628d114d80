import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { whole } from '../../parse.ts'
import type { IssueOptions } from '../../run-certs.ts'
import { folderHelp, keyOption } from './options.ts'

/** `csms certs issue`. */
export const issue = (ctx: CliContext): Command =>
  new Command('issue')
    .summary('issue certificates for stations')
    .description('Issue a certificate and a key for each station and print where they are.')
    .argument('<folder>', folderHelp)
    .argument('<stations...>', 'identities; {1..100} is a range')
    .option('--serial <number>', 'serial number of the one station; default: its identity')
    .option('--csr <file>', 'sign this request of the one station; the certificate is printed')
    .addOption(keyOption())
    .option('--days <n>', 'how long they are valid', whole(1, 3650), 365)
    .addHelpText(
      'after',
      examples(
        'csms certs issue pki CP7',
        'csms certs issue pki CP7 --serial SN-0007 --key rsa',
        'csms certs issue pki CP7 --csr cp7.csr > cp7.pem',
      ),
    )
    .action(async (folder: string, stations: readonly string[], options: IssueOptions) => {
      const { issueCertificates } = await import('../../run-certs.ts')
      await issueCertificates(ctx, folder, stations, options)
    })
