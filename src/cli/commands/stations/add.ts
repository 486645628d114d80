import { Command } from 'commander'
import { withApiOptions } from '../../api/api-options.ts'
import type { AddOptions } from '../../change-stations.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { whole } from '../../parse.ts'
import { stationNames } from '../../station-names.ts'
import { profileHelp, serialHelp } from './options.ts'

/** `csms stations add`. */
export const add = (ctx: CliContext): Command =>
  withApiOptions(new Command('add'))
    .summary('make stations known before they connect')
    .description(
      'Makes stations known before they connect, which they must be with "csms serve --unknown-stations reject". Takes the key of an admin.',
    )
    .argument('<stations...>', 'identities; {1..100} is a range')
    .option(
      '--password-file <file>',
      'its password; "-" reads standard input; without it: CSMS_STATION_PASSWORD, or none',
    )
    .option('--serial <number>', serialHelp)
    .option('--security-profile <n>', profileHelp, whole(0, 3))
    .addHelpText(
      'after',
      examples(
        'csms stations add CP1 --password-file cp1.txt',
        "csms stations add 'CP{001..100}' --security-profile 3",
        'csms stations add CP7 --serial SN-0007',
      ),
    )
    .action(async (names: readonly string[], options: AddOptions) => {
      const { addStations } = await import('../../change-stations.ts')
      const ids = names.flatMap((name) => stationNames(name))
      await addStations(ctx, ids, options)
    })
