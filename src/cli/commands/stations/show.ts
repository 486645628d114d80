import { Command } from 'commander'
import { withApiOptions } from '../../api/api-options.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import type { StationsOptions } from '../../show-stations.ts'

/** `csms stations show`. */
export const show = (ctx: CliContext): Command =>
  withApiOptions(new Command('show'))
    .summary('show all, one, or a part of one')
    .description('Lists the stations; of one everything that is known, or one part of it, as JSON.')
    .argument('[station]', 'the station’s identity')
    .argument('[part]', 'connectors, configuration, meter-values, ...: as the API names them')
    .option('--connected', 'only those that are connected')
    .option('--offline', 'only those that are not')
    .option('--json', 'one JSON object instead of a table')
    .addHelpText(
      'after',
      examples('csms stations show', 'csms stations --offline', 'csms stations CP1 connectors'),
    )
    .action(
      async (station: string | undefined, part: string | undefined, options: StationsOptions) => {
        const { showPart, showStation, showStations } = await import('../../show-stations.ts')
        if (station === undefined) await showStations(ctx, options)
        else if (part === undefined) await showStation(ctx, station, options)
        else await showPart(ctx, station, part, options)
      },
    )
