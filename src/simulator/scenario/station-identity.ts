import type { IdToken } from '../steps/actor.ts'
import type { FleetPlan } from './plan.ts'

/** What makes one station of a fleet itself. */
export interface StationIdentity {
  readonly id: string
  /** Run-wide, from 0. */
  readonly index: number
  readonly password: string | undefined
  readonly token: IdToken
  readonly serial: string | undefined
}

/** What id, password, token and serial number templates may name. */
export const identityNames: readonly string[] = ['fleet', 'index', 'station', 'id']

const placeholder = /\{([A-Za-z_]\w*)(?::(\d+))?\}/g

/** The identity of the fleet's station `i`, counted from 0. */
export function expandStation(fleet: FleetPlan, i: number): StationIdentity {
  const index = fleet.firstIndex + i
  const values: Record<string, string | number> = {
    fleet: fleet.name,
    index: i + 1,
    station: index + 1,
  }
  const fill = (template: string) => fillIdentity(template, values)
  const row = fleet.stations?.[i]
  const id = row?.id ?? fill(fleet.id)
  values['id'] = id
  const { serial } = fleet.station
  return {
    id,
    index,
    password: row?.password ?? (fleet.password === undefined ? undefined : fill(fleet.password)),
    token: { idToken: row?.token ?? fill(fleet.token), type: row?.tokenType ?? fleet.tokenType },
    serial: row?.serial ?? (serial === undefined ? undefined : fill(serial)),
  }
}

/** `{index:05}` pads with zeros to 5 digits; names that are not known stay as they are. */
function fillIdentity(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(placeholder, (whole, name: string, width: string | undefined) => {
    const value = values[name]
    if (value === undefined) return whole
    return width === undefined ? String(value) : String(value).padStart(Number(width), '0')
  })
}

/** Every station of these fleets, lazily: a city is never held as a list. */
export function* eachStation(fleets: readonly FleetPlan[]): Generator<StationIdentity> {
  for (const fleet of fleets) {
    for (let i = 0; i < fleet.count; i += 1) yield expandStation(fleet, i)
  }
}
