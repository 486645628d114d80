import { Command, Option } from 'commander'
import type { CliContext } from '../context.ts'
import { durationOption } from '../duration-option.ts'
import { examples } from '../examples.ts'
import { gathered, whole } from '../parse.ts'
import type { ServeOptions } from '../run-server.ts'

/** `csms serve`: the embedded management system on its own. */
export const serve = (ctx: CliContext): Command =>
  new Command('serve')
    .summary('be a CSMS: listen for charging stations')
    .description(
      'Listens for charging stations of OCPP 1.6, 2.0.1 and 2.1 and prints a line for everything that matters. The operator’s API and /health answer on the same port.',
    )
    .option(
      '--host <address>',
      'address to listen on; several: all at one port; default: 127.0.0.1',
      gathered(String),
    )
    .option('--port <n>', 'port to listen on; 0 picks a free one', whole(0, 65_535), 9000)
    .option('--data <folder>', 'keep stations, tokens and transactions there')
    .option('--stations <file>', 'known stations: id, password or passwordHash (JSON, YAML, CSV)')
    .option(
      '--tokens <file>',
      'known idTokens: idToken, type, status, expiry, groupId, concurrent (false: one transaction at a time)',
    )
    .addOption(
      new Option('--unknown-stations <policy>', 'stations that are not named')
        .choices(['accept', 'reject'])
        .default('accept'),
    )
    .addOption(
      new Option(
        '--unknown-tokens <policy>',
        'idTokens that are not named; without it: accept, or reject where --tokens is given',
      ).choices(['accept', 'reject']),
    )
    .addOption(
      new Option('--boot <status>', 'answer to BootNotification')
        .choices(['Accepted', 'Pending', 'Rejected'])
        .default('Accepted'),
    )
    .addOption(
      durationOption('--heartbeat-interval <duration>', 'told to accepted stations', 300_000),
    )
    .addOption(
      durationOption('--call-timeout <duration>', 'how long a station may take to answer', 30_000),
    )
    .addOption(
      durationOption(
        '--ping-interval <duration>',
        'between pings of a quiet station; 0: none',
        60_000,
      ),
    )
    .option('--max-connections <n>', 'stations at once', whole(1), 100_000)
    .option('--processes <n>', 'processes that hold the stations', whole(1, 256), 1)
    .addOption(
      new Option('--log-format <format>', 'how events are printed')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--frames', 'print every frame, secrets hidden')
    .addHelpText(
      'after',
      examples(
        'csms serve',
        'csms serve --port 0 --data ./csms-data --frames',
        'csms serve --processes 3 --host 127.0.0.1 --host 127.0.0.2',
        'csms serve --stations stations.json --tokens tokens.csv --unknown-stations reject',
      ),
    )
    .action(async (options: ServeOptions) => {
      const { runServer } = await import('../run-server.ts')
      await runServer(ctx, options)
    })
