import { Command } from 'commander'
import { withApiOptions } from '../../api/api-options.ts'
import type { RemoveOptions } from '../../change-stations.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms stations remove`. */
export const remove = (ctx: CliContext): Command =>
  withApiOptions(new Command('remove'))
    .summary('forget a station')
    .description(
      'Forgets a station and closes its connection. Its transactions stay. Takes the key of an admin.',
    )
    .argument('<station>', 'the station’s identity')
    .option('--force', 'though it has open transactions, which end')
    .addHelpText('after', examples('csms stations remove CP1'))
    .action(async (station: string, options: RemoveOptions) => {
      const { removeStation } = await import('../../change-stations.ts')
      await removeStation(ctx, station, options)
    })
