import { templateUses } from '../../document/expressions.ts'
import type { Reader } from '../../document/reader.ts'
import type { FleetPlan } from './plan.ts'
import { type FleetDraft, placeIn } from './sections/fleet.ts'
import { expandStation } from './station-identity.ts'
import { longestIdentity, longestPassword, longestSerial, longestToken } from './wire-lengths.ts'

/** Names, identities and tokens must be unique over the run and fit the wire. */
export function checkFleets(
  drafts: readonly FleetDraft[],
  fleets: readonly FleetPlan[],
  reader: Reader,
): void {
  const names = new Set<string>()
  /** Identity to fleet. */
  const owners = new Map<string, string>()
  fleets.forEach((fleet, i) => {
    const draft = drafts[i]
    if (!draft) return
    if (names.has(fleet.name)) {
      reader.report(placeIn(draft, 'name'), `There is another fleet "${fleet.name}".`)
    }
    names.add(fleet.name)
    if (fleet.stations && fleet.count > fleet.stations.length) {
      const message = `--stations asks for ${fleet.count} of this fleet, and the file names ${fleet.stations.length}.`
      reader.report(placeIn(draft, 'stations'), message)
      return
    }
    if (checkLengths(fleet, draft, reader)) checkUnique(fleet, draft, owners, reader)
  })
}

/** The last station has the longest numbers; what a file names was checked there. */
function checkLengths(fleet: FleetPlan, draft: FleetDraft, reader: Reader): boolean {
  if (fleet.stations) return true
  const { id, token, password, serial } = expandStation(fleet, fleet.count - 1)
  const tooLong = (key: string, text: string, most: number, what: string): boolean => {
    if (text.length <= most) return false
    // Passwords are not for logs.
    const shown = key === 'password' ? what : `${what} "${text}"`
    const message = `${shown} has ${text.length} characters; ${fleet.version} takes ${most}.`
    reader.report(placeIn(draft, key), message)
    return true
  }
  const faults = [
    tooLong('id', id, longestIdentity, 'The identity'),
    tooLong('token', token.idToken, longestToken[fleet.version], 'The idToken'),
    tooLong('password', password ?? '', longestPassword, 'The password'),
    tooLong('station', serial ?? '', longestSerial, 'The serial number'),
  ]
  if (id.includes(':')) {
    const message = `An identity has no ":" (Basic auth ends the user name there): "${id}".`
    reader.report(placeIn(draft, 'id'), message)
    return false
  }
  return !faults.includes(true)
}

function checkUnique(
  fleet: FleetPlan,
  draft: FleetDraft,
  owners: Map<string, string>,
  reader: Reader,
): void {
  const numbered = templateUses(fleet.id).some(({ name }) => name === 'index' || name === 'station')
  if (fleet.count > 1 && !numbered && !fleet.stations) {
    const message = `All ${fleet.count} stations would be "${fleet.id}"; put {index} in it.`
    reader.report(placeIn(draft, 'id'), message)
    return
  }
  for (let i = 0; i < fleet.count; i += 1) {
    const { id } = expandStation(fleet, i)
    const owner = owners.get(id)
    if (owner !== undefined) {
      const message = `Fleet "${owner}" has a station "${id}" too; identities are unique over the run.`
      reader.report(placeIn(draft, fleet.stations ? 'stations' : 'id'), message)
      return
    }
    owners.set(id, fleet.name)
  }
}
