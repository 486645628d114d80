import { parseClockTime } from './clock-time.ts'
import type { Scalar } from './source-node.ts'
import { type Dimension, exampleOf, parseQuantity } from './units.ts'

/** Values of the command line by the name of the var, as they were typed. */
export type VarSettings = Readonly<Record<string, string>>

/** A value of the file that is said once and may be set from outside. */
export interface Var {
  readonly name: string
  readonly value: Scalar
  /** As it is filled in. */
  readonly text: string
  /** Where the value comes from; what the environment holds is not shown. */
  readonly from: 'file' | 'environment' | 'command line'
  /** What the file says, where the command line says something else. */
  readonly fileText: string | undefined
}

export const varName = /^[A-Za-z_]\w*$/

type Kind = 'nothing' | 'text' | 'a number' | 'true or false' | 'a time of day' | Dimension

/** What kind of value this is: what the command line says must be of the same. */
function kindOf(value: Scalar, text: string): Kind {
  if (value === null) return 'nothing'
  if (typeof value === 'boolean') return 'true or false'
  if (typeof value === 'number') return 'a number'
  if (parseClockTime(text) !== undefined) return 'a time of day'
  return parseQuantity(text)?.dimension ?? 'text'
}

/**
 * What is wrong with a value of the command line, to complete "--set rate=fast: ..."; undefined where
 * it is of the kind that the file says.
 */
export function wrongSetting(given: string, value: Scalar, text: string): string | undefined {
  const kind = kindOf(value, text)
  if (kind === 'nothing' || kind === 'text') return undefined
  if (kindOf(retyped(given), given) === kind) return undefined
  const isPlain = kind === 'a number' || kind === 'true or false' || kind === 'a time of day'
  return `"${given}" is not ${isPlain ? kind : exampleOf(kind)}`
}

/** What an unquoted text stands for once it is filled in. */
export function retyped(text: string): Scalar {
  if (text === 'true') return true
  if (text === 'false') return false
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

/** Whether what a var of this name holds is shown to nobody. */
export function isSecretVar(name: string): boolean {
  return /pass|secret|key|token|credential/i.test(name)
}

/** `rate = 200/s (the file says 100/s)`, for `--dry-run`; secrets are not shown. */
export function describeVar({ name, text, from, fileText }: Var): string {
  if (from === 'environment') return `${name} (from the environment)`
  const shown = isSecretVar(name) ? '***' : text
  if (from === 'file') return `${name} = ${shown}`
  const before = fileText === undefined ? '--set' : `--set; the file says ${fileText}`
  return `${name} = ${shown} (${isSecretVar(name) ? '--set' : before})`
}
