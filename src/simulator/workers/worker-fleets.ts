import { PayloadValidators } from '../../ocpp/schemas.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { stationCrypto } from '../../platform/pki/station-crypto.ts'
import type { Clocks } from '../../shared/clock.ts'
import { filePublisher } from '../../transport/file-publisher.ts'
import { fileTransfer } from '../../transport/file-transfer/file-transfer.ts'
import { webSocketDial } from '../../transport/websocket-client.ts'
import type { FleetPlan, StationTemplate } from '../scenario/plan.ts'
import type { StationProtocol } from '../station/behaviour.ts'
import { certificatesIn, type FactoryCertificates } from '../station/certificate-store.ts'
import type { FleetSecurity } from '../station/fleet-security.ts'
import type { StationFleet } from '../station/station-options.ts'
import { protocol2x } from '../station/v2x/protocol.ts'
import { protocol16 } from '../station/v16/protocol16.ts'
import { fleetSecurity } from './fleet-security.ts'
import { type Recording, RecordingObserver } from './recording-observer.ts'
import { stationHeaders, stationUrl } from './target.ts'
import type { WorkerShare } from './worker-messages.ts'

/** What of a worker's share its stations are made of. */
export interface FleetsShare
  extends Pick<WorkerShare, 'plan' | 'target' | 'runSalt' | 'simulated' | 'connectTimeoutMs'> {
  readonly backdateMs?: number
  readonly fileServer?: WorkerShare['fileServer']
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
  const validators = new PayloadValidators(officialValidators)
  const protocols = new Map<OcppVersion, StationProtocol>()
  const protocolOf = (version: OcppVersion): StationProtocol => {
    const known = protocols.get(version)
    if (known) return known
    const made = version === 'ocpp1.6' ? protocol16(validators) : protocol2x(version, validators)
    made.service.prepare()
    protocols.set(version, made)
    return made
  }
  const { insecure, ca } = share.target
  const files = fileTransfer({ insecure, ...(ca !== undefined && { ca }) })
  const publisher = filePublisher()
  return share.plan.fleets.map((plan) => {
    const observer = new RecordingObserver(recording, plan.name, plan.version)
    const stations: StationFleet = {
      ...connectingOf(plan, share),
      name: plan.name,
      protocol: protocolOf(plan.version),
      traits: plan.traits,
      clocks,
      speed: share.simulated.speed,
      backdateMs: share.backdateMs ?? 0,
      crypto: stationCrypto,
      files,
      publisher,
      fileServer: share.fileServer,
      observer,
      seed: share.plan.seed,
      runSalt: share.runSalt,
    }
    return { plan, observer, stations }
  })
}

type Connecting = Pick<
  StationFleet,
  | 'template'
  | 'dial'
  | 'security'
  | 'factoryCertificates'
  | 'connectTimeoutMs'
  | 'urlOf'
  | 'headersOf'
>

/** How the stations of a fleet get to the target, and who they say they are. */
function connectingOf(plan: FleetPlan, { target, connectTimeoutMs }: FleetsShare): Connecting {
  const { insecure, localAddresses, resolve } = target
  const security = fleetSecurity(plan, target)
  const { tls: version, resume, authorizationKey: reading } = plan.security ?? {}
  const compression = plan.connection?.compression ?? false
  return {
    template: withProfile(plan, security),
    dial: webSocketDial({ compression, insecure, localAddresses, resolve, version, resume }),
    security,
    factoryCertificates: () => factoryOf(security, target.issuer !== undefined),
    connectTimeoutMs,
    urlOf: (identity, profile) => stationUrl(target, identity, profile),
    headersOf: ({ id, password }, profile) =>
      stationHeaders(target, {
        id,
        password: usesPassword(plan, profile) ? password : undefined,
        ...(reading !== undefined && { reading }),
      }),
  }
}

/**
 * Roots come one by one: each has a hash of its own.
 * @param isLab the authority of the embedded CSMS signs for vehicles and contracts, too
 */
function factoryOf({ ca = '' }: FleetSecurity, isLab: boolean): FactoryCertificates {
  const csmsRoots = certificatesIn(ca)
  const further = isLab ? { v2gRoots: csmsRoots, moRoots: csmsRoots } : {}
  return { csmsRoots, manufacturerRoots: [], ...further }
}

/** The 1.6 key that tells the profile begins with the fleet's. */
function withProfile({ station, version }: FleetPlan, { profile }: FleetSecurity): StationTemplate {
  if (version !== 'ocpp1.6') return station
  const configuration = { SecurityProfile: String(profile), ...station.configuration }
  return { ...station, configuration }
}

/** Where the scenario names no profile, whoever has a password presents it. */
function usesPassword({ security }: FleetPlan, profile: number): boolean {
  return security === undefined || profile === 1 || profile === 2
}
