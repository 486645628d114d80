import { Command, Option } from 'commander'
import { presetNames } from '../../conformance/hooks/presets/registry.ts'
import { writerNames } from '../../conformance/report/writer-names.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import type { CaseListOptions, ExplainOptions } from '../conformance-cases.ts'
import type { InitOptions } from '../conformance-init.ts'
import type { CliContext } from '../context.ts'
import { durationOption } from '../duration-option.ts'
import { examples } from '../examples.ts'
import { header, lasting, url, whole, words } from '../parse.ts'
import { reportChoices } from '../report-choice.ts'
import type { ConformanceCliOptions } from '../run-conformance-command.ts'
import type { ConformanceDoctorOptions } from '../run-conformance-doctor.ts'

/** `csms conformance`: a verdict on a CSMS, case by case. */
export const conformance = (ctx: CliContext): Command =>
  withSetting(withSelection(new Command('conformance')))
    .summary('judge a CSMS by the cases that the field knows')
    .description(
      'Plays conformance cases against the embedded CSMS or any other, and judges each by frames alone. Exit code 0: everything that was to pass did; 3: something failed, or nothing was played; 4: no station gets in.',
    )
    .option('--parallel <n>', 'cases side by side', whole(1, 64), 4)
    .option('--retries <n>', 'play what did not pass again', whole(0, 10), 0)
    .option('--bail', 'begin no other case after the first that is red')
    .addOption(
      new Option('--level <level>', 'what is red: what breaks a MUST, or also a SHOULD')
        .choices(['must', 'should'])
        .default('must'),
    )
    .option('--features <file>', 'YAML of what the CSMS does not claim: {C-13: false}')
    .option('--expect-failures <file>', 'YAML of cases that are known to fail')
    .option('--write-baseline <file>', 'write what fails now as such a list')
    .option(
      '--report <name=file>',
      `${writerNames.join('|')}, several with commas between; - is standard output`,
      reportChoices,
    )
    .option('--trace-dir <folder>', 'write what every case said and heard, an object a line')
    .option('--json', 'print one JSON object instead')
    .addCommand(list(ctx))
    .addCommand(explain(ctx))
    .addCommand(doctor(ctx))
    .addCommand(init(ctx))
    .addHelpText(
      'after',
      examples(
        'csms conformance --protocol ocpp2.1',
        "csms conformance --target ws://localhost:9000/ocpp --case 'TC_0*'",
        'csms conformance --target ws://10.0.0.5/ocpp --hooks hooks.yaml',
        'csms conformance --target ws://10.0.0.5/ocpp --preset steve --api http://10.0.0.5:8180/steve',
        'csms conformance --tag negative',
      ),
    )
    .action(async (options: ConformanceCliOptions) => {
      const { runConformanceCommand } = await import('../run-conformance-command.ts')
      await runConformanceCommand(ctx, options)
    })

/**
 * The options of a subcommand. Those that its parent has, too, the parent takes from the command line,
 * wherever they stand; what only the parent has means nothing here, and is refused.
 */
function optionsOf<Options extends object>(command: Command): Options {
  const { parent } = command
  const own = command.opts<Options>()
  if (!parent) return own
  const said = Object.entries(parent.opts()).filter(
    ([key]) => parent.getOptionValueSource(key) === 'cli',
  )
  const known = new Set(command.options.map((option) => option.attributeName()))
  const stray = parent.options.find(
    (option) =>
      said.some(([key]) => key === option.attributeName()) && !known.has(option.attributeName()),
  )
  if (stray) command.error(`error: ${command.name()} has no option '${stray.flags}'`)
  return { ...own, ...Object.fromEntries(said) }
}

/** Which cases. */
function withSelection(command: Command): Command {
  return command
    .addOption(
      new Option('--protocol <version>', 'whose cases').choices(ocppVersions).default('ocpp1.6'),
    )
    .option('--case <cases>', 'only these ids, * for anything, commas between', words)
    .option('--exclude <cases>', 'not these', words)
    .option('--profile <profiles>', 'only of these profiles or groups', words)
    .option('--tag <tags>', 'only hands-free, hooked, negative, stable ...', words)
}

/** Who is judged, and what makes it act. */
function withSetting(command: Command): Command {
  return command
    .option('--target <url>', 'CSMS to judge; default: the embedded one', url('ws', 'wss'))
    .option('--header <name: value>', 'sent with every upgrade; may be repeated', header)
    .option('--ca <file>', 'PEM of authorities to trust, of a wss target and of https APIs')
    .option('--hooks <file>', 'YAML of how the CSMS is made to send each CALL')
    .addOption(
      new Option('--preset <name>', 'whose API --api is; default: csms').choices(presetNames),
    )
    .option('--api <url>', 'API that makes the CSMS send CALLs', url('http', 'https'))
    .option('--api-key <key>', 'as whom to ask the API: a bearer token')
    .addOption(
      new Option('--hook-mode <mode>', 'manual: ask a person for the rest; skip: order nothing')
        .choices(['auto', 'manual', 'skip'])
        .default('auto'),
    )
    .option('--fixtures <file>', 'YAML of the stations, tokens and certificates that it knows')
    .addOption(
      durationOption('--timeout <duration>', 'until what must come is missing', 10_000).argParser(
        lasting,
      ),
    )
}

const list = (ctx: CliContext): Command =>
  withSelection(new Command('list'))
    .summary('list the cases')
    .description('List the cases of a version with what they need.')
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples('csms conformance list', 'csms conformance list --protocol ocpp2.0.1 --profile K'),
    )
    .action(async (_options: object, command: Command) => {
      const { listCases } = await import('../conformance-cases.ts')
      listCases(ctx, optionsOf<CaseListOptions>(command))
    })

const explain = (ctx: CliContext): Command =>
  new Command('explain')
    .summary('explain a case')
    .description('Print what a case does, step by step, with the clauses it judges by.')
    .argument('<case>', 'an id like TC_003_CSMS')
    .addOption(
      new Option('--protocol <version>', 'of one version; default: of all that have it').choices(
        ocppVersions,
      ),
    )
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms conformance explain TC_003_CSMS',
        'csms conformance explain TC_B_21_CSMS --protocol ocpp2.1',
      ),
    )
    .action(async (id: string, _options: object, command: Command) => {
      const { explainCase } = await import('../conformance-cases.ts')
      explainCase(ctx, id, optionsOf<ExplainOptions>(command))
    })

const doctor = (ctx: CliContext): Command =>
  withSetting(withSelection(new Command('doctor')))
    .summary('tell whether a CSMS is ready to be judged')
    .description(
      'Connects as a station, boots, shows every token, looks whether an API is there and holds hooks and fixtures against the cases. Exit code 0: ready; 3: something is missing; 4: no station gets in.',
    )
    .option('--json', 'print one JSON object instead')
    .addHelpText(
      'after',
      examples(
        'csms conformance doctor --target ws://10.0.0.5/ocpp --fixtures fixtures.yaml',
        'csms conformance doctor --target ws://10.0.0.5/ocpp --hooks hooks.yaml --protocol ocpp2.0.1',
      ),
    )
    .action(async (_options: object, command: Command) => {
      const { runConformanceDoctor } = await import('../run-conformance-doctor.ts')
      await runConformanceDoctor(ctx, optionsOf<ConformanceDoctorOptions>(command))
    })

const init = (ctx: CliContext): Command =>
  new Command('init')
    .summary('write the files that describe your CSMS')
    .description(
      'Write hooks.yaml, fixtures.yaml, features.yaml and known-failures.yaml to start from, with comments.',
    )
    .argument('[folder]', 'where to', 'conformance')
    .addOption(
      new Option('--preset <name>', 'whose API it has').choices(presetNames).default('generic'),
    )
    .option('--force', 'overwrite the files')
    .addHelpText(
      'after',
      examples('csms conformance init', 'csms conformance init ci/ocpp --preset citrineos'),
    )
    .action(async (folder: string, _options: object, command: Command) => {
      const { initConformance } = await import('../conformance-init.ts')
      await initConformance(ctx, folder, optionsOf<InitOptions>(command))
    })
