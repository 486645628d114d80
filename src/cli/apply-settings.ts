import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, type Option } from 'commander'
import { whyUnreadable } from '../document/unreadable.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'
import { commandPath, environmentName } from './environment-name.ts'

const defaultFile = 'csms.config.yaml'

/**
 * Fills in what the command line left open: flag > environment > settings file > default. The file
 * holds one section per command (`simulate: {workers: 2}`), keys are the flags' names.
 */
export async function applySettings(
  ctx: CliContext,
  configFile: string | undefined,
  command: Command,
): Promise<void> {
  const named = configFile ?? ctx.env['CSMS_CONFIG']
  const file = named ?? defaultFile
  const section = await readSection(resolve(ctx.cwd, file), named === undefined, command)
  for (const option of command.options) {
    const source = command.getOptionValueSource(option.attributeName())
    if (source !== undefined && source !== 'default') continue
    const variable = environmentName(command, option)
    const fromEnvironment = ctx.env[variable]
    if (fromEnvironment !== undefined) {
      set(command, option, fromEnvironment, `the environment's ${variable}`)
    } else if (section.has(option.name())) {
      set(command, option, section.get(option.name()), file)
    }
  }
}

async function readSection(
  path: string,
  optional: boolean,
  command: Command,
): Promise<ReadonlyMap<string, unknown>> {
  if (optional && !existsSync(path)) return new Map()
  const { readPlainYaml } = await import('../document/plain-yaml.ts')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw csmsError(
      'CSMS_CONFIG_INVALID',
      { file: path, message: `${whyUnreadable(error)}.` },
      error,
    )
  }
  const read = readPlainYaml(text)
  if ('error' in read) throw csmsError('CSMS_CONFIG_INVALID', { file: path, message: read.error })
  const refuse = (message: string): never => {
    throw csmsError('CSMS_CONFIG_INVALID', { file: path, message })
  }
  let section = mapOf(read.value, 'The file', refuse)
  const known = childrenOf(rootOf(command))
  const stray = Object.keys(section).find((key) => !known.includes(key))
  if (stray !== undefined) {
    refuse(`There is no command "${stray}"; there are ${known.join(', ')}.`)
  }
  for (const name of commandPath(command)) section = mapOf(section[name], `"${name}"`, refuse)
  const entries = new Map(Object.entries(section))
  for (const key of entries.keys()) {
    const names = [...command.options.map((option) => option.name()), ...childrenOf(command)]
    if (names.includes(key)) continue
    refuse(
      `"${commandPath(command).join(' ')}" has no setting "${key}"; it has ${names.join(', ')}.`,
    )
  }
  return entries
}

function set(command: Command, option: Option, value: unknown, origin: string): void {
  const refuse = (message: string): never =>
    command.error(`error: option '${option.flags}' from ${origin} is invalid. ${message}`)
  const store = (parsed: unknown): void => {
    command.setOptionValueWithSource(option.attributeName(), parsed, 'env')
  }
  if (option.isBoolean()) {
    const wanted = booleanOf(value)
    if (wanted === undefined) refuse('Say true or false.')
    store(option.negate ? !wanted : wanted)
    return
  }
  try {
    const given = (Array.isArray(value) ? value : [value]).map(String)
    const { parseArg } = option
    if (option.variadic) store(given)
    else
      store(
        parseArg ? given.reduce<unknown>((all, one) => parseArg(one, all), undefined) : given[0],
      )
  } catch (error) {
    if (error instanceof InvalidArgumentError) refuse(error.message)
    throw error
  }
}

function booleanOf(value: unknown): boolean | undefined {
  const text = String(value).toLowerCase()
  if (['true', '1', 'yes', 'on'].includes(text)) return true
  if (['false', '0', 'no', 'off', ''].includes(text)) return false
  return undefined
}

function childrenOf(command: Command): readonly string[] {
  return command.commands.map((child) => child.name())
}

function rootOf(command: Command): Command {
  return command.parent ? rootOf(command.parent) : command
}

/** Nothing said is an empty section. */
function mapOf(
  value: unknown,
  what: string,
  refuse: (message: string) => never,
): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  if (typeof value === 'object' && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  return refuse(`${what} must be a map of settings like {workers: 2}.`)
}
