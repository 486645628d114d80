import type { Token } from '../csms/domain/token.ts'
import type { StationSeed } from '../csms/options.ts'
import { authorizationStatuses } from '../ocpp/authorization-status.ts'
import { isSecurityProfile, type SecurityProfile } from '../ocpp/security-profile.ts'
import { csmsError } from '../shared/errors.ts'
import { nearestName } from '../shared/nearest.ts'
import { readRecords } from './data-file.ts'

/**
 * Keys of `--stations` and of `--tokens`: one file may be both, as `csms scenario stations` writes it.
 * One that is misspelled would leave a station without its password.
 */
const known = [
  'id',
  'password',
  'passwordHash',
  'serial',
  'securityProfile',
  'fleet',
  'protocol',
  'token',
  'tokenType',
  'idToken',
  'type',
  'status',
  'expiry',
  'groupId',
  'concurrent',
  'tariffId',
  'balance',
  'language1',
  'language2',
  'personalMessage',
] as const

/** Columns that are the author's own, as in the station files of scenarios. */
const ownPrefix = 'x-'

/** One entry of a file. */
interface Entry {
  readonly file: string
  readonly record: Readonly<Record<string, unknown>>
}

/** The file of `--stations`. Throws `CSMS_CONFIG_INVALID`. */
export async function readStations(cwd: string, file: string): Promise<readonly StationSeed[]> {
  const entries = await readEntries(cwd, file)
  const ids = new Set<string>()
  return entries.map((entry) => ({
    id: anotherId(entry, ids),
    password: text(entry, 'password'),
    passwordHash: text(entry, 'passwordHash'),
    serial: text(entry, 'serial'),
    securityProfile: profileIn(entry),
  }))
}

/**
 * The file of `--tokens`; `token` and `tokenType` are what `csms scenario stations` calls a station's
 * own idToken. Throws `CSMS_CONFIG_INVALID`.
 */
export async function readTokens(cwd: string, file: string): Promise<readonly Token[]> {
  return (await readEntries(cwd, file)).map(tokenOf)
}

function tokenOf(entry: Entry): Token {
  const type = text(entry, 'type') ?? text(entry, 'tokenType')
  const expiry = text(entry, 'expiry')
  const groupId = text(entry, 'groupId')
  const concurrent = yesNo(entry, 'concurrent')
  const tariffId = text(entry, 'tariffId')
  const balance = amount(entry, 'balance')
  const language1 = text(entry, 'language1')
  const language2 = text(entry, 'language2')
  const personalMessage = text(entry, 'personalMessage')
  return {
    idToken: text(entry, 'idToken') ?? text(entry, 'token') ?? missing(entry, 'idToken'),
    status: statusIn(entry),
    ...(type !== undefined && { type }),
    ...(expiry !== undefined && { expiry }),
    ...(groupId !== undefined && { groupId }),
    ...(concurrent !== undefined && { concurrent }),
    ...(tariffId !== undefined && { tariffId }),
    ...(balance !== undefined && { balance }),
    ...(language1 !== undefined && { language1 }),
    ...(language2 !== undefined && { language2 }),
    ...(personalMessage !== undefined && { personalMessage }),
  }
}

async function readEntries(cwd: string, file: string): Promise<readonly Entry[]> {
  const records = await readRecords(cwd, file)
  const keys = new Set(records.flatMap((record) => Object.keys(record)))
  const stray = [...keys].find(
    (key) => !key.startsWith(ownPrefix) && !known.some((name) => name === key),
  )
  if (stray === undefined) return records.map((record) => ({ file, record }))
  const near = nearestName(stray, known)
  const hint = near === undefined ? `there are ${known.join(', ')}` : `did you mean "${near}"?`
  throw invalid(file, `"${stray}" is not known: ${hint}${near === undefined ? '.' : ''}`)
}

function text({ file, record }: Entry, key: string): string | undefined {
  const value = record[key]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw invalid(file, `"${key}" must be a text.`)
}

/** The id of an entry. Of two with the same the second would silently win. */
function anotherId(entry: Entry, ids: Set<string>): string {
  const id = text(entry, 'id') ?? missing(entry, 'id')
  if (ids.has(id)) throw invalid(entry.file, `there is a station "${id}" above already.`)
  ids.add(id)
  return id
}

function profileIn(entry: Entry): SecurityProfile | undefined {
  const given = text(entry, 'securityProfile')
  if (given === undefined) return undefined
  const profile = Number(given)
  if (isSecurityProfile(profile)) return profile
  throw invalid(entry.file, '"securityProfile" must be 0 to 3.')
}

function statusIn(entry: Entry): Token['status'] {
  const given = text(entry, 'status') ?? 'Accepted'
  const status = authorizationStatuses.find((one) => one === given)
  if (status) return status
  const all = authorizationStatuses.join(', ')
  throw invalid(entry.file, `"${given}" is no status of an idToken; there are ${all}.`)
}

function amount(entry: Entry, key: string): number | undefined {
  const given = text(entry, key)
  if (given === undefined) return undefined
  if (Number.isFinite(Number(given))) return Number(given)
  throw invalid(entry.file, `"${key}" must be an amount.`)
}

/** `true` or `false`, in CSV as text. */
function yesNo({ file, record }: Entry, key: string): boolean | undefined {
  const value = record[key]
  if (value === undefined || value === null || value === '') return undefined
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw invalid(file, `"${key}" must be true or false.`)
}

function missing({ file }: Entry, key: string): never {
  throw invalid(file, `an entry has no "${key}".`)
}

function invalid(file: string, message: string): Error {
  return csmsError('CSMS_CONFIG_INVALID', { file, message })
}
