import { readFile } from 'node:fs/promises'
import { whyUnreadable } from '../document/unreadable.ts'
import { csmsError } from '../shared/errors.ts'
import type { Report } from './result.ts'

/**
 * Reads and checks a `report.json`.
 *
 * @throws CSMS_REPORT_INVALID
 */
export async function readReport(path: string): Promise<Report> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw invalid(path, whyNot(error), error)
  }
  const version = schemaVersionOf(value)
  if (version !== 1) {
    const said =
      version === undefined ? 'it has no schemaVersion' : `its schemaVersion is ${version}`
    throw invalid(path, `${said}; this csms reads 1`)
  }
  const { faultOfReport } = await import('./report-check.ts')
  const problem = faultOfReport(value)
  if (problem !== undefined) throw invalid(path, problem)
  return value as Report
}

function schemaVersionOf(value: unknown): string | number | undefined {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return undefined
  const { schemaVersion } = value
  const isSaid = typeof schemaVersion === 'number' || typeof schemaVersion === 'string'
  return isSaid ? schemaVersion : undefined
}

function whyNot(error: unknown): string {
  return error instanceof SyntaxError ? 'it is not JSON' : whyUnreadable(error)
}

function invalid(path: string, message: string, cause?: unknown) {
  return csmsError('CSMS_REPORT_INVALID', { path, message }, cause)
}
