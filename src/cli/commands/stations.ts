import { Command } from 'commander'
import { type ApiOptions, withApiOptions } from '../api/api-options.ts'
import type {
  AddOptions,
  ChangeOptions,
  PasswordOptions,
  RemoveOptions,
} from '../change-stations.ts'
import type { CliContext } from '../context.ts'
import { examples } from '../examples.ts'
import { whole } from '../parse.ts'
import type { StationsOptions } from '../show-stations.ts'
import { stationNames } from '../station-names.ts'

/** `csms stations`: who is there, what is known of one, and who may come. */
export const stations = (ctx: CliContext): Command =>
  new Command('stations')
    .summary('show and change the stations of a running csms')
    .description(
      'Shows the stations of a running csms, and changes which it knows and how they prove who they are. Without a command it shows.',
    )
    .addCommand(show(ctx), { isDefault: true })
    .addCommand(add(ctx))
    .addCommand(change(ctx))
    .addCommand(password(ctx))
    .addCommand(remove(ctx))
    .addCommand(disconnect(ctx))
    .addHelpText(
      'after',
      examples(
        'csms stations --connected',
        'csms stations CP1',
        'csms stations CP1 configuration',
        'csms stations add CP1 --password-file cp1.txt',
        'csms stations --json --api https://csms.example:9443 --ca pki/trust.pem',
      ),
    )

const show = (ctx: CliContext): Command =>
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
        const { showPart, showStation, showStations } = await import('../show-stations.ts')
        if (station === undefined) await showStations(ctx, options)
        else if (part === undefined) await showStation(ctx, station, options)
        else await showPart(ctx, station, part, options)
      },
    )

const profileHelp = 'the lowest security profile that it may use'
const serialHelp = 'what its client certificate may name in place of the identity'

const add = (ctx: CliContext): Command =>
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
      const { addStations } = await import('../change-stations.ts')
      const ids = names.flatMap((name) => stationNames(name))
      await addStations(ctx, ids, options)
    })

const change = (ctx: CliContext): Command =>
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
      const { changeStation } = await import('../change-stations.ts')
      await changeStation(ctx, station, options)
    })

const password = (ctx: CliContext): Command =>
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
      const { setPassword } = await import('../change-stations.ts')
      await setPassword(ctx, station, options)
    })

const remove = (ctx: CliContext): Command =>
  withApiOptions(new Command('remove'))
    .summary('forget a station')
    .description(
      'Forgets a station and closes its connection. Its transactions stay. Takes the key of an admin.',
    )
    .argument('<station>', 'the station’s identity')
    .option('--force', 'though it has open transactions, which end')
    .addHelpText('after', examples('csms stations remove CP1'))
    .action(async (station: string, options: RemoveOptions) => {
      const { removeStation } = await import('../change-stations.ts')
      await removeStation(ctx, station, options)
    })

const disconnect = (ctx: CliContext): Command =>
  withApiOptions(new Command('disconnect'))
    .summary('close the connection of a station')
    .description('Closes the connection of a station, which may come back at once.')
    .argument('<station>', 'the station’s identity')
    .addHelpText('after', examples('csms stations disconnect CP1'))
    .action(async (station: string, options: ApiOptions) => {
      const { disconnectStation } = await import('../change-stations.ts')
      await disconnectStation(ctx, station, options)
    })
