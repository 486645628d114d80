import { readFileSync } from 'node:fs'
import { readPlainYaml } from '../document/plain-yaml.ts'
import { whyUnreadable } from '../document/unreadable.ts'
import { type CsmsError, csmsError } from '../shared/errors.ts'

/** A file of settings, YAML or JSON, whose keys are all known. */
export interface SettingsFile {
  readonly settings: Readonly<Record<string, unknown>>
  /** What is wrong with it, as `CSMS_CONFIG_INVALID`. */
  readonly fail: (message: string) => CsmsError
}

/**
 * Reads a file of settings. Throws `CSMS_CONFIG_INVALID`, which says what is wrong with it.
 *
 * @param known the keys that it may have
 * @param wants what it must hold, in a sentence without its end
 */
export function readSettings(file: string, known: readonly string[], wants: string): SettingsFile {
  const fail = (message: string, cause?: unknown) =>
    csmsError('CSMS_CONFIG_INVALID', { file, message }, cause)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw fail(`it cannot be read: ${whyUnreadable(error)}.`, error)
  }
  const read = readPlainYaml(text)
  if ('error' in read) throw fail(read.error)
  const { value } = read
  if (!isRecord(value)) throw fail(`it must hold ${wants}.`)
  const stray = Object.keys(value).find((key) => !known.includes(key))
  if (stray !== undefined) throw fail(`"${stray}" is not known; there are ${known.join(', ')}.`)
  return { settings: value, fail: (message) => fail(message) }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
