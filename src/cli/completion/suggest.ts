import type { Argument, Command, Option } from 'commander'
import type { CliContext } from '../context.ts'
import { rootCommand } from '../run-cli.ts'
import { valuesOf } from './argument-values.ts'
import { nothing, type Suggestion, type Suggestions } from './suggestion.ts'

/** A line that is half written is not wrong yet. */
const silent = { isTTY: false, write: () => undefined }

/** Where a line has got to. */
interface Place {
  readonly command: Command
  /** What stands before as arguments of the command. */
  readonly taken: readonly string[]
  /** Waits for its value. */
  readonly option: Option | undefined
}

/**
 * What may stand in place of the last of these words.
 *
 * @param words of a command line after `csms`; the last one is being typed, and may be empty
 */
export async function suggest(ctx: CliContext, words: readonly string[]): Promise<Suggestions> {
  const before = words.slice(0, -1)
  const typed = words.at(-1) ?? ''
  const root = await rootCommand({ ...ctx, argv: before, stderr: silent })
  const { command, taken, option } = placeIn(root, before)
  const [, flag, value] = /^(--[^=]+)=(.*)$/s.exec(typed) ?? []
  // An option that waits for its value cannot be read yet.
  const said = option ? before.slice(0, -1) : before
  const asking = { ctx, command, before: said, taken, typed: value ?? typed }
  if (flag !== undefined && value !== undefined) {
    const assigned = find(command, flag)
    if (!assigned) return nothing
    const { values, files } = await ofOption(assigned)
    const whole = values.map((one) => ({ ...one, value: `${flag}=${one.value}` }))
    return { values: beginningWith(typed, whole), files }
  }
  if (option) return filtered(typed, await ofOption(option))
  if (typed.startsWith('-')) return filtered(typed, { values: flagsOf(command), files: false })
  const argument = argumentAt(command, taken.length)
  if (!argument) return filtered(typed, { values: childrenOf(command), files: false })
  return filtered(typed, await valuesOf(argument.name(), choicesOf(argument), asking))

  function ofOption(of: Option): Promise<Suggestions> {
    const [, valueName = ''] = /[<[]([\w=-]+)[.\]>]/.exec(of.flags) ?? []
    return valuesOf(valueName, choicesOf(of), asking)
  }
}

function placeIn(root: Command, words: readonly string[]): Place {
  let command = root
  let taken: string[] = []
  let option: Option | undefined
  for (const word of words) {
    if (option) {
      option = undefined
    } else if (word.startsWith('-') && word !== '-') {
      const named = find(command, word.split('=')[0] ?? word)
      option = named?.required && !word.includes('=') ? named : undefined
    } else {
      const child =
        taken.length === 0 ? command.commands.find((one) => one.name() === word) : undefined
      if (child) command = child
      else taken = [...taken, word]
    }
  }
  return { command, taken, option }
}

function find(command: Command, flag: string): Option | undefined {
  const own = command.options.find(({ long, short }) => flag === long || flag === short)
  return own ?? (command.parent ? find(command.parent, flag) : undefined)
}

function flagsOf(command: Command): readonly Suggestion[] {
  const options = [...command.createHelp().visibleOptions(command)]
  return options.map(({ long, short, description }) => ({
    value: long ?? short ?? '',
    about: description,
  }))
}

function childrenOf(command: Command): readonly Suggestion[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ value: child.name(), about: child.summary() || child.description() }))
}

/** The last one may be given many times. */
function argumentAt(command: Command, position: number): Argument | undefined {
  const { registeredArguments: all } = command
  const last = all.at(-1)
  return all[position] ?? (last?.variadic ? last : undefined)
}

function choicesOf({ argChoices }: Argument | Option): readonly string[] | undefined {
  return argChoices
}

function filtered(typed: string, { values, files }: Suggestions): Suggestions {
  return { values: beginningWith(typed, values), files }
}

function beginningWith(typed: string, values: readonly Suggestion[]): readonly Suggestion[] {
  return values.filter(({ value }) => value.startsWith(typed))
}
