import { Command, Option } from 'commander'
import { durabilities } from '../../csms/store/durability.ts'
import type { CliContext } from '../context.ts'
import { durationOption } from '../duration-option.ts'
import { examples } from '../examples.ts'
import { gathered, setting, whole } from '../parse.ts'
import type { ServeOptions } from '../serve-options.ts'

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
    .addOption(
      new Option(
        '--durability <promise>',
        'what an acknowledged change survives, with --data: none (what the last snapshot holds), batch (kill -9; the default), strict (a power cut, too)',
      ).choices(durabilities),
    )
    .option(
      '--files <folder>',
      'offer the files in it to stations at /files/, and keep what they upload in its folder uploads',
    )
    .option('--ftp-port <n>', 'offer them over FTP, too; 0 picks a free port', whole(0, 65_535))
    .option(
      '--stations <file>',
      'known stations: id, password or passwordHash, serial, securityProfile (JSON, YAML, CSV)',
    )
    .option(
      '--tokens <file>',
      'known idTokens: idToken, type, status, expiry, groupId, concurrent (false: one transaction at a time), tariffId, balance (prepaid), language1, language2, personalMessage (JSON, YAML, CSV)',
    )
    .option(
      '--tariffs <file>',
      'what charging costs: tariffs, default, companies, receipts (YAML, JSON)',
    )
    .option(
      '--payments <file>',
      'a page where drivers pay and start 2.1 stations by their QR codes: url, secret, amount, currency, timeout (YAML, JSON); no money moves',
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
    .option(
      '--ca <folder>',
      'sign the certificates that stations ask for, and refuse revoked ones: "csms certs init" makes it',
    )
    .option('--api-keys <file>', 'who may ask the operator’s API: "csms api-keys" makes it')
    .option(
      '--api-rate <n>',
      'API requests a second of each key; 0: any number; default: 100 with keys',
      whole(0),
    )
    .option(
      '--message-log <n>',
      'latest messages that each process keeps for the API',
      whole(0),
      10_000,
    )
    .option(
      '--tls-cert <file>',
      'speak TLS: PEM of a certificate and its chain; one with an RSA and one with an ECDSA key serve every station',
      gathered(String),
    )
    .option('--tls-key <file>', 'its key, one for each --tls-cert', gathered(String))
    .option(
      '--tls-port <n>',
      'TLS there, and --port without; without it --port speaks TLS',
      whole(0, 65_535),
    )
    .option('--tls-client-ca <file>', 'PEM of the authorities of the stations’ certificates')
    .option('--client-organization <name>', 'what the O of the stations’ certificates must be')
    .option(
      '--security-profile <n>',
      'the lowest that stations may use: 1 password, 2 password within TLS, 3 client certificate',
      whole(0, 3),
    )
    .option('--max-connections <n>', 'stations at once', whole(1), 100_000)
    .option('--no-compression', 'take no station up on permessage-deflate, which 2.x demands')
    .option('--processes <n>', 'processes that hold the stations', whole(1, 256), 1)
    .addOption(
      new Option('--log-format <format>', 'how events are printed')
        .choices(['text', 'json'])
        .default('text'),
    )
    .option('--frames', 'print every frame, secrets hidden')
    .option(
      '--script <file>',
      'script what stations hear and are sent, judge what they do, and end; "-" for standard input',
    )
    .option(
      '--set <name=value>',
      'replaces a value of the script’s "vars"; may be repeated',
      setting,
    )
    .option(
      '--json',
      'with --script: print the verdict, one JSON object; events go to standard error',
    )
    .option('--junit <file>', 'with --script: write the verdict as JUnit XML')
    .option('--dry-run', 'with --script: check the file and tell what it comes to; nothing listens')
    .addHelpText(
      'after',
      examples(
        'csms serve',
        'csms serve --port 0 --data ./csms-data --frames',
        'csms serve --host 192.168.1.20 --api-keys keys.json',
        'csms serve --processes 3 --host 127.0.0.1 --host 127.0.0.2',
        'csms serve --script scenarios/serve/reject-then-accept.yaml --frames',
        'csms serve --script slow.yaml --port 0 --json --junit build/junit.xml > verdict.json',
        'csms serve --stations stations.json --tokens tokens.csv --unknown-stations reject',
        'csms serve --tls-cert pki/server/rsa.pem --tls-key pki/server/rsa.key --tls-cert pki/server/ecdsa.pem --tls-key pki/server/ecdsa.key --tls-client-ca pki/trust.pem --security-profile 3',
      ),
    )
    .action(async (options: ServeOptions) => {
      const { runServer } = await import('../run-server.ts')
      await runServer(ctx, options)
    })
