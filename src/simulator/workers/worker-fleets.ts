import { PayloadValidators } from '../../ocpp/schemas.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { officialSchemas } from '../../platform/official-schemas.ts'
import type { Clocks } from '../../shared/clock.ts'
import { webSocketDial } from '../../transport/websocket-client.ts'
import type { FleetPlan } from '../scenario/plan.ts'
import type { StationProtocol } from '../station/behaviour.ts'
import type { StationFleet } from '../station/station-options.ts'
import { protocol2x } from '../station/v2x/protocol.ts'
import { protocol16 } from '../station/v16/protocol16.ts'
import { type Recording, RecordingObserver } from './recording-observer.ts'
import { stationHeaders, stationUrl } from './target.ts'
import type { WorkerShare } from './worker-messages.ts'

/** What of a worker's share its stations are made of. */
export interface FleetsShare
  extends Pick<WorkerShare, 'plan' | 'target' | 'runSalt' | 'simulated' | 'connectTimeoutMs'> {
  readonly backdateMs?: number
}

/** What the stations of one fleet share in this worker. */
export interface WorkerFleet {
  readonly plan: FleetPlan
  readonly observer: RecordingObserver
  readonly stations: StationFleet
}

/** Makes the shared part of every fleet once, so that a station itself stays small. */
export function workerFleets(
  share: FleetsShare,
  clocks: Clocks,
  recording: Recording,
): WorkerFleet[] {
  const validators = new PayloadValidators(officialSchemas)
  const protocols = new Map<OcppVersion, StationProtocol>()
  const protocolOf = (version: OcppVersion): StationProtocol => {
    const known = protocols.get(version)
    if (known) return known
    const made = version === 'ocpp1.6' ? protocol16(validators) : protocol2x(version, validators)
    made.service.prepare()
    protocols.set(version, made)
    return made
  }
  const { ca, cert, key, insecure, localAddresses } = share.target
  const dial = webSocketDial({
    insecure,
    localAddresses,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  })
  return share.plan.fleets.map((plan) => {
    const observer = new RecordingObserver(recording, plan.name, plan.version)
    return {
      plan,
      observer,
      stations: {
        name: plan.name,
        protocol: protocolOf(plan.version),
        template: plan.station,
        clocks,
        speed: share.simulated.speed,
        backdateMs: share.backdateMs ?? 0,
        dial,
        observer,
        seed: share.plan.seed,
        runSalt: share.runSalt,
        connectTimeoutMs: share.connectTimeoutMs,
        urlOf: (identity) => stationUrl(share.target, identity),
        headersOf: ({ id, password }) => stationHeaders(share.target, id, password),
      },
    }
  })
}
