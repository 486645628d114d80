import { readFile } from 'node:fs/promises'
import { codeOf, csmsError } from '../shared/errors.ts'
import type { RunFacts } from './run-facts.ts'

/** Beside `report.json`: what it was made of, every count and histogram. */
export const factsName = 'facts.json'

interface StoredFacts {
  readonly schemaVersion: 1
  readonly facts: RunFacts
}

/** `facts.json`: for `csms report merge` of the same version, and for nobody else. */
export function factsJson(facts: RunFacts): string {
  const stored: StoredFacts = { schemaVersion: 1, facts }
  return `${JSON.stringify(stored)}\n`
}

/**
 * Reads the facts of a run that this version of csms wrote: only then do they mean what it thinks.
 *
 * @throws CSMS_REPORT_INVALID
 */
export async function readFacts(path: string, csmsVersion: string): Promise<RunFacts> {
  const refuse = (message: string, cause?: unknown) =>
    csmsError('CSMS_REPORT_INVALID', { path, message }, cause)
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT'
    const why = isMissing ? 'there is no such file; merging takes the whole folder of a run' : ''
    throw refuse(why || 'it is not JSON', error)
  }
  if (!isStored(value)) throw refuse('it holds no facts of schemaVersion 1')
  const by = value.facts.environment.csmsVersion
  if (by !== csmsVersion) throw refuse(`csms ${by} wrote it, and this is ${csmsVersion}`)
  return value.facts
}

function isStored(value: unknown): value is StoredFacts {
  if (typeof value !== 'object' || value === null) return false
  const { schemaVersion, facts } = value as Partial<Record<keyof StoredFacts, unknown>>
  if (schemaVersion !== 1 || typeof facts !== 'object' || facts === null) return false
  const { runId, metrics, environment } = facts as Partial<Record<keyof RunFacts, unknown>>
  return typeof runId === 'string' && typeof metrics === 'object' && hasVersion(environment)
}

function hasVersion(environment: unknown): boolean {
  return (
    typeof environment === 'object' &&
    environment !== null &&
    'csmsVersion' in environment &&
    typeof environment.csmsVersion === 'string'
  )
}
