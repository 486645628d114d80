import type { Plan } from './plan.ts'
import { eachStation } from './station-identity.ts'

/** What another CSMS has to know of one station before it connects. */
interface ProvisionRow {
  readonly id: string
  readonly fleet: string
  readonly protocol: string
  readonly password: string
  readonly token: string
  readonly tokenType: string
  readonly serial: string
}

const columns: readonly (keyof ProvisionRow)[] = [
  'id',
  'fleet',
  'protocol',
  'password',
  'token',
  'tokenType',
  'serial',
]

export type ProvisionFormat = 'json' | 'csv'

/**
 * All stations with passwords and tokens, line by line, to provision an external CSMS: a JSON list,
 * or CSV with a head [RFC 4180]. Empty where there is no password. `stations: {file}` of a fleet
 * reads both.
 */
export function* provision(plan: Plan, format: ProvisionFormat): Generator<string> {
  if (format === 'csv') {
    yield `${columns.join(',')}\r\n`
    for (const row of rows(plan)) yield `${columns.map((name) => quoted(row[name])).join(',')}\r\n`
    return
  }
  let separator = '[\n  '
  for (const row of rows(plan)) {
    yield `${separator}${JSON.stringify(row)}`
    separator = ',\n  '
  }
  yield '\n]\n'
}

function* rows(plan: Plan): Generator<ProvisionRow> {
  for (const fleet of plan.fleets) {
    for (const { id, password, token, serial } of eachStation([fleet])) {
      yield {
        id,
        fleet: fleet.name,
        protocol: fleet.version,
        password: password ?? '',
        token: token.idToken,
        tokenType: token.type,
        serial: serial ?? '',
      }
    }
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
