import type { Reader, Scope } from '../../document/reader.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { EvsePlan } from './plan.ts'

/** What the script of a fleet may refer to. */
export class FleetScope implements Scope {
  readonly version: OcppVersion
  readonly evses: readonly EvsePlan[]
  readonly versions: readonly OcppVersion[]
  readonly saved: Scope['saved'] = new Set()
  readonly used: Scope['used'] = []

  constructor(version: OcppVersion, evses: readonly EvsePlan[]) {
    this.version = version
    this.evses = evses
    this.versions = [version]
  }
}

/** The fleet whose part of the file is being read. */
export function fleetOf({ scope }: Reader): FleetScope | undefined {
  return scope instanceof FleetScope ? scope : undefined
}
