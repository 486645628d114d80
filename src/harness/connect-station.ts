import { randomBytes } from 'node:crypto'
import { formatProblems } from '../document/problem.ts'
import { RecentProblems } from '../metrics/recent-problems.ts'
import { Recorder } from '../metrics/recorder.ts'
import type { ViolationsSnapshot } from '../metrics/violation-log.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import { realClock } from '../platform/real-clock.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { clocksOf } from '../platform/simulated-clock.ts'
import { Cancel, Cancelled } from '../shared/cancel.ts'
import type { CancelTimer } from '../shared/clock.ts'
import { csmsError } from '../shared/errors.ts'
import { loadScenario } from '../simulator/scenario/load-scenario.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import { expandStation } from '../simulator/scenario/station-identity.ts'
import type { LedgerEntry } from '../simulator/station/ledger.ts'
import { Station } from '../simulator/station/station.ts'
import type { StationActor } from '../simulator/steps/actor.ts'
import { ConnectorStatuses } from '../simulator/workers/connector-statuses.ts'
import type { StationEvents } from '../simulator/workers/recording-observer.ts'
import { plainTarget } from '../simulator/workers/target.ts'
import { workerFleets } from '../simulator/workers/worker-fleets.ts'
import { shownUrl } from './run-notes.ts'
import { standardConnectTimeoutMs } from './run-options.ts'

export interface ConnectStationOptions {
  /** The identity. Default `station`. */
  readonly id?: string
  /** Default `ocpp1.6`. */
  readonly protocol?: OcppVersion
  /** Basic auth. */
  readonly password?: string
  /** Its own idToken. */
  readonly token?: string
  /** As `station` in a scenario: `{connectors: 2, maxPower: '22kW'}`. */
  readonly station?: object
  /** Simulated seconds per real second. */
  readonly speed?: number
  /** As `security` in a scenario: `{profile: 3, cert: 'CP1.pem', key: 'CP1.key'}`. */
  readonly security?: object
  /** PEM text of the authorities to trust. */
  readonly ca?: string
  /** Accepts any server certificate. */
  readonly insecure?: boolean
  /** Sent with the upgrade. */
  readonly headers?: Readonly<Record<string, string>>
  /** Until the upgrade must be complete; default 15,000. */
  readonly connectTimeoutMs?: number
}

/** A virtual station for tests of a CSMS. */
export interface ConnectedStation extends AsyncDisposable {
  /** What it can be told to do. */
  readonly actor: StationActor
  /** What the CSMS did wrong so far. */
  violations(): ViolationsSnapshot
  /** What went wrong in csms itself so far, the first few: none of it is the CSMS's fault. */
  faults(): readonly string[]
  /** Its own books. */
  ledger(): readonly LedgerEntry[]
  close(): void
}

const sweepMs = 100
/** Faults that are kept. */
const mostFaults = 20

/**
 * Connects one virtual station to a CSMS and boots it. Rejects with `CSMS_TARGET_UNREACHABLE` where
 * it is not accepted in time, and with `CSMS_SCENARIO_INVALID` for a template that makes no sense.
 *
 * @param url `{id}` in it, or the end of its path, is the identity; of several, those fit that have
 *   or have not TLS as its security profile asks for
 */
export async function connectStation(
  url: string | readonly string[],
  options: ConnectStationOptions = {},
): Promise<ConnectedStation> {
  const plan = planOf(options)
  const connectTimeoutMs = options.connectTimeoutMs ?? standardConnectTimeoutMs
  const heard = new Heard()
  const recorder = new Recorder(realClock.monotonicMicros())
  const now = epochNow()
  const simulated = { speed: plan.speed, originWallMs: realClock.wallMs(), originEpochMs: now }
  const urls = typeof url === 'string' ? [url] : url
  const { headers, ca, insecure = false } = options
  const target = { ...plainTarget(urls, headers), ca, insecure }
  const [fleet] = workerFleets(
    { plan, target, runSalt: randomBytes(4).toString('hex'), simulated, connectTimeoutMs },
    clocksOf(simulated),
    {
      recorder,
      clock: realClock,
      statuses: new ConnectorStatuses(),
      problems: new RecentProblems(0),
      outstanding: 0,
      events: heard,
    },
  )
  if (!fleet) throw csmsError('CSMS_INTERNAL', { message: 'a plan without a fleet' })
  const station = new Station(fleet.stations, expandStation(fleet.plan, 0))
  const connected = new Connected(station, recorder, heard.faults)
  if (!(await acceptedInTime(station.actor, connectTimeoutMs))) {
    const silence = `nothing was answered within ${connectTimeoutMs / 1000} s`
    const reason = station.obstacle ?? heard.refusal ?? silence
    connected.close()
    throw csmsError('CSMS_TARGET_UNREACHABLE', { url: urls.map(shownUrl).join(', '), reason })
  }
  return connected
}

/** The defaults of a station are those of a scenario, so they are read as one. */
function planOf(options: ConnectStationOptions): Plan {
  const { id, protocol, password, token, station, speed, security } = options
  const fleet = {
    name: 'station',
    id: id ?? 'station',
    protocol,
    password,
    token,
    station,
    security,
    script: ['boot'],
  }
  const text = JSON.stringify({ name: 'connectStation', speed, fleets: [fleet] }, undefined, 1)
  const loaded = loadScenario({ file: 'connectStation', text })
  if ('plan' in loaded) return loaded.plan
  const report = formatProblems('connectStation', text, loaded.problems)
  throw csmsError('CSMS_SCENARIO_INVALID', { file: 'connectStation', report })
}

async function acceptedInTime(actor: StationActor, ms: number): Promise<boolean> {
  const cancel = new Cancel()
  const stop = realClock.after(ms, () => cancel.cancel('no answer in time'))
  try {
    return (await actor.boot(cancel)).ok
  } catch (error) {
    if (error instanceof Cancelled) return false
    throw error
  } finally {
    stop()
  }
}

/** What a station tells besides what is recorded. */
class Heard implements StationEvents {
  /** Why a handshake failed last. */
  refusal: string | undefined
  readonly faults: string[] = []
  readonly frame = undefined

  connecting(): void {
    // It is the only one: nobody waits for its turn.
  }

  connectSettled(_index: number, refusal: string | undefined): void {
    this.refusal = refusal ?? this.refusal
  }

  ready(): void {
    // Whoever made it awaits its boot.
  }

  localSocketError(): void {
    // `connectSettled` says why.
  }

  fault(message: string): void {
    if (this.faults.length < mostFaults) this.faults.push(message)
  }
}

class Connected implements ConnectedStation {
  readonly #station: Station
  readonly #recorder: Recorder
  readonly #faults: readonly string[]
  #sweep: CancelTimer

  constructor(station: Station, recorder: Recorder, faults: readonly string[]) {
    this.#station = station
    this.#recorder = recorder
    this.#faults = faults
    const sweep = (): void => {
      this.#station.sweep(realClock.monotonicMicros())
      this.#sweep = realClock.after(sweepMs, sweep)
    }
    this.#sweep = realClock.after(sweepMs, sweep)
  }

  get actor(): StationActor {
    return this.#station.actor
  }

  violations(): ViolationsSnapshot {
    return this.#recorder.snapshot().violations
  }

  faults(): readonly string[] {
    return this.#faults
  }

  ledger(): readonly LedgerEntry[] {
    return this.#station.books()
  }

  close(): void {
    this.#sweep()
    this.#station.stop({ graceful: true })
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close()
    return Promise.resolve()
  }
}
