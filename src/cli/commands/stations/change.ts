import { Command } from 'commander'
import { withApiOptions } from '../../api/api-options.ts'
import type { ChangeOptions } from '../../change-stations.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'
import { whole } from '../../parse.ts'
import { profileHelp, serialHelp } from './options.ts'

/** `csms stations change`. */
export const change = (ctx: CliContext): Command =>
  withApiOptions(new Command('change'))
    .summary('change how a station shall prove who it is')
    .description(
      'Changes how a station shall prove who it is, from its next connection on. Takes the key of an admin.',
    )
    .argument('<station>', 'the station’s identity')
    .option('--serial <number>', serialHelp)
    .option('--no-serial', 'what the settings of the server say counts again')
    .option('--security-profile <n>', profileHelp, whole(0, 3))
    .option('--no-security-profile', 'what the settings of the server say counts again')
    .addHelpText('after', examples('csms stations change CP1 --security-profile 2'))
    .action(async (station: string, options: ChangeOptions) => {
      const { changeStation } = await import('../../change-stations.ts')
      await changeStation(ctx, station, options)
    })
