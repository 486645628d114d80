import { Command, Option } from 'commander'
import { standardConnectTimeoutMs } from '../../harness/run-options.ts'
import { reporterNames } from '../../report/reporter-names.ts'
import type { CliContext } from '../context.ts'
import { durationOption } from '../duration-option.ts'
import { examples } from '../examples.ts'
import {
  gathered,
  header,
  ipAddress,
  lasting,
  positive,
  resolution,
  runId,
  setting,
  url,
  whole,
} from '../parse.ts'
import { reporterChoice } from '../reporter-choice.ts'
import type { SimulateOptions } from '../simulate-options.ts'

const versions = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']

/** `csms simulate`: stations that follow a scenario. */
export const simulate = (ctx: CliContext): Command =>
  new Command('simulate')
    .summary('run a scenario against the embedded CSMS or any other')
    .description(
      'Plays a scenario file with virtual charging stations and reports what happened. Without --target it starts a CSMS of its own. Exit code 0 is a pass.',
    )
    .argument('<file>', 'scenario YAML; "-" reads standard input')
    .option(
      '--target <url>',
      'the CSMS; {id} in it, or the path’s end, is the identity; several: stations take turns',
      gathered(url('ws', 'wss')),
    )
    .option(
      '--local-address <ip>',
      'address of this machine to connect from; several: in turn',
      gathered(ipAddress),
    )
    .addOption(new Option('--protocol <version>', 'for all fleets').choices(versions))
    .option('--stations <n>', 'of all fleets together', whole(1, 1_000_000))
    .option('--duration <time>', 'real time after the ramp, drain excluded', lasting)
    .option('--speed <n>', 'simulated seconds per real second', positive)
    .option('--seed <n>', 'of everything that is random', whole(0))
    .option('--set <name=value>', 'replaces a value of the file’s "vars"; may be repeated', setting)
    .option('--workers <n>', 'station processes; default: what fits the machine', whole(1, 1024))
    .option(
      '--processes <n>',
      'processes of the embedded CSMS; default: what fits the machine',
      whole(1, 256),
    )
    .option('--out <folder>', 'where the report’s folder is made', 'reports')
    .option('--json', 'print the report, one JSON object, instead of the summary')
    .option('--quiet', 'print no progress')
    .option('--no-ui', 'print lines of progress where a live view could be drawn')
    .option('--dry-run', 'print the plan and stop')
    .addOption(
      durationOption(
        '--connect-timeout <time>',
        'nobody accepted by then: exit 4',
        standardConnectTimeoutMs,
      ),
    )
    .option('--books <url>', 'GET it after the run and compare transactions', url('http', 'https'))
    .option('--api <url>', 'operator’s API of the target, for command steps', url('http', 'https'))
    .option('--api-key <key>', 'as whom to ask that API; in the environment no other user sees it')
    .option('--run-id <text>', 'begins every message id; default: random', runId)
    .addOption(
      new Option('--backdate <when>', 'begin wire clocks in the past at speeds other than 1')
        .choices(['on', 'off'])
        .default('on'),
    )
    .option('--header <name: value>', 'sent with every upgrade; may be repeated', header)
    .option('--ca <file>', 'PEM of the authorities to trust')
    .option('--cert <file>', 'PEM of the client certificate; {id} in it is the identity')
    .option('--key <file>', 'PEM of its key; {id} in it is the identity')
    .option('--insecure', 'accept any server certificate')
    .option(
      '--resolve <host:port:address>',
      'connect to this address under that name; may be repeated',
      resolution,
    )
    .option(
      '--reporter <name[=file]>',
      `${reporterNames.join('|')}, to the run’s folder or a file; may be repeated (default: junit, csv)`,
      reporterChoice,
    )
    .option(
      '--metrics-port <port>',
      'serve Prometheus metrics on 127.0.0.1 during the run; 0 picks a port',
      whole(0, 65_535),
    )
    .option('--frames', 'keep every frame in frames.ndjson beside the report')
    .addHelpText(
      'after',
      examples(
        'csms simulate scenarios/quickstart.yaml',
        'csms simulate scenarios/quickstart.yaml --target ws://127.0.0.1:9000 --protocol ocpp2.0.1',
        'csms simulate load.yaml --stations 5000 --duration 60s --json > report.json',
      ),
    )
    .action(async (file: string, options: SimulateOptions) => {
      const { runSimulation } = await import('../run-simulation.ts')
      await runSimulation(ctx, file, options)
    })
