import { Command } from 'commander'
import { withApiOptions } from '../../api/api-options.ts'
import type { PasswordOptions } from '../../change-stations.ts'
import type { CliContext } from '../../context.ts'
import { examples } from '../../examples.ts'

/** `csms stations password`. */
export const password = (ctx: CliContext): Command =>
  withApiOptions(new Command('password'))
    .summary('set the password of a station')
    .description(
      'Sets the password that a station must present from its next connection on, read from standard input, CSMS_STATION_PASSWORD or a file. The station is not told: "csms send CP1 ChangeConfiguration" of AuthorizationKey does both. Takes the key of an admin.',
    )
    .argument('<station>', 'the station’s identity')
    .option('--file <file>', 'a file that holds it')
    .option('--no-password', 'what the settings of the server say counts again')
    .addHelpText(
      'after',
      examples('csms stations password CP1 < cp1.txt', 'csms stations password CP1 --no-password'),
    )
    .action(async (station: string, options: PasswordOptions) => {
      const { setPassword } = await import('../../change-stations.ts')
      await setPassword(ctx, station, options)
    })
