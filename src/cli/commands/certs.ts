import { Command, Option } from 'commander'
import { revocationReasons } from '../../platform/pki/ledger.ts'
import { withKnownApi } from '../api/api-options.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import type { ListOptions, RevokeOptions } from '../issued-certificates.ts'
import { whole } from '../parse.ts'
import type { InitOptions, IssueOptions } from '../run-certs.ts'
import { stationNames } from '../station-names.ts'

const folderHelp = 'the folder that "csms certs init" made'
const authorityHelp = `${folderHelp}, or the URL of a csms that serves with --ca`

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

const keyOption = () =>
  new Option('--key <kind>', 'of the stations').choices(['ecdsa', 'rsa']).default('ecdsa')

const init = (ctx: CliContext): Command =>
  new Command('init')
    .summary('make a complete PKI in a folder')
    .description(
      'Make a root, an issuing authority, server certificates with RSA and ECDSA keys, one certificate per station, and a firmware signer. The folder must be new or empty.',
    )
    .argument('<folder>', 'where to')
    .option(
      '--hosts <names>',
      'names and addresses of the management system, the first is its common name',
      separated,
      ['localhost', '127.0.0.1', '::1'],
    )
    .option(
      '--stations <ids>',
      'identities, separated by commas; {1..100} is a range; may be repeated',
      stationNames,
    )
    .option('--scenario <file>', 'the stations of a scenario, with their serial numbers')
    .option('--organization <name>', 'the operator: O of every certificate, CpoName', 'csms lab')
    .addOption(keyOption())
    .option(
      '--days <n>',
      'how long certificates of servers, stations and signers are valid',
      whole(1, 3650),
      365,
    )
    .addHelpText(
      'after',
      examples(
        'csms certs init pki --stations CP1,CP2',
        "csms certs init pki --hosts csms.example --stations 'CP{001..500}'",
        'csms certs init pki --scenario scenarios/mtls.yaml',
      ),
    )
    .action(async (folder: string, options: InitOptions) => {
      const { initPki } = await import('../run-certs.ts')
      await initPki(ctx, folder, options)
    })

const issue = (ctx: CliContext): Command =>
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
      const { issueCertificates } = await import('../run-certs.ts')
      await issueCertificates(ctx, folder, stations, options)
    })

const revoke = (ctx: CliContext): Command =>
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
      const { revokeCertificates } = await import('../issued-certificates.ts')
      await revokeCertificates(ctx, authority, certificate, options)
    })

const list = (ctx: CliContext): Command =>
  withKnownApi(new Command('list'))
    .summary('list what was issued')
    .description('List what the authority issued, in order, and what became of it.')
    .argument('<authority>', authorityHelp)
    .option('--station <id>', 'only what was issued to this station')
    .option('--json', 'print one JSON object instead')
    .addHelpText('after', examples('csms certs list pki', 'csms certs list pki --json'))
    .action(async (authority: string, options: ListOptions) => {
      const { listCertificates } = await import('../issued-certificates.ts')
      await listCertificates(ctx, authority, options)
    })

const sign = (ctx: CliContext): Command =>
  new Command('sign')
    .summary('sign a firmware image')
    .description(
      'Sign a file with the firmware signer and print the fields of SignedUpdateFirmware that prove it, as JSON.',
    )
    .argument('<folder>', folderHelp)
    .argument('<file>', 'the image')
    .addHelpText('after', examples('csms certs sign pki firmware-2.1.bin'))
    .action(async (folder: string, file: string) => {
      const { signImage } = await import('../run-certs.ts')
      await signImage(ctx, folder, file)
    })

const hashPassword = (ctx: CliContext): Command =>
  new Command('hash-password')
    .summary('hash a password for a stations file')
    .description(
      'Read a password from standard input and print its salted hash, the "passwordHash" of a file for "csms serve --stations".',
    )
    .addHelpText('after', examples('csms certs hash-password < password.txt'))
    .action(async () => {
      const { printPasswordHash } = await import('../run-certs.ts')
      await printPasswordHash(ctx)
    })

function separated(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
