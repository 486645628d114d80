import { Command } from 'commander'
import { type ApiOptions, withApiOptions } from '../../api/api-options.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms stations disconnect`. */
export const disconnect = (ctx: CliContext): Command =>
  withApiOptions(new Command('disconnect'))
    .summary('close the connection of a station')
    .description('Closes the connection of a station, which may come back at once.')
    .argument('<station>', 'the station’s identity')
    .addHelpText('after', examples('csms stations disconnect CP1'))
    .action(async (station: string, options: ApiOptions) => {
      const { disconnectStation } = await import('../../change-stations.ts')
      await disconnectStation(ctx, station, options)
    })
