import { Command } from 'commander'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { whole } from '../../parse.ts'
import type { InitOptions } from '../../run-certs.ts'
import { stationNames } from '../../station-names.ts'
import { keyOption } from './options.ts'

/** `csms certs init`. */
export const init = (ctx: CliContext): Command =>
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
      const { initPki } = await import('../../run-certs.ts')
      await initPki(ctx, folder, options)
    })

function separated(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
