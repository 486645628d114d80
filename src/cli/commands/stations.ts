import { Command } from 'commander'
import { withApiOptions } from '../api/api-options.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import type { StationsOptions } from '../show-stations.ts'

/** `csms stations`: who is there, and what is known of one. */
export const stations = (ctx: CliContext): Command =>
  withApiOptions(new Command('stations'))
    .summary('show the stations of a running csms')
    .description(
      'Lists the stations of a running csms; of one station everything that is known, or one part of it, as JSON.',
    )
    .argument('[station]', 'the station’s identity')
    .argument('[part]', 'connectors, configuration, meter-values, ...: as the API names them')
    .option('--connected', 'only those that are connected')
    .option('--json', 'an array instead of a table')
    .addHelpText(
      'after',
      examples(
        'csms stations --connected',
        'csms stations CP1',
        'csms stations CP1 configuration',
        'csms stations --json --api https://csms.example:9443',
      ),
    )
    .action(
      async (station: string | undefined, part: string | undefined, options: StationsOptions) => {
        const { showPart, showStation, showStations } = await import('../show-stations.ts')
        if (station === undefined) await showStations(ctx, options)
        else if (part === undefined) await showStation(ctx, station, options)
        else await showPart(ctx, station, part, options)
      },
    )
