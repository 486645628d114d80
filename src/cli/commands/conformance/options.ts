import { Command, Option } from 'commander'
import { presetNames } from '../../../conformance/hooks/presets/registry.ts'
import { ocppVersions } from '../../../ocpp/version.ts'
import { nearestName } from '../../../shared/nearest.ts'
import { durationOption } from '../../duration-option.ts'
import { header, lasting, url, words } from '../../parse.ts'

/**
 * The options of a subcommand. Those that its parent has, too, the parent takes from the command line,
 * wherever they stand; what only the parent has means nothing here, and is refused.
 */
export function optionsOf<Options extends object>(command: Command): Options {
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

/** A word that no subcommand is called: a typing error, or a case. */
export function refuseWords(command: Command): void {
  const [word] = command.args
  if (word === undefined) return
  if (/^(?:TC|X)_/.test(word)) command.error(`error: cases are chosen with --case ${word}`)
  const near = nearestName(
    word,
    command.commands.map((one) => one.name()),
  )
  const advice = near === undefined ? '' : `\n(Did you mean ${near}?)`
  command.error(`error: unknown command '${word}'${advice}`)
}

/** Which cases. */
export function withSelection(command: Command): Command {
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
export function withSetting(command: Command): Command {
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
