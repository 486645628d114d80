import type { IssuedCall } from '../../executors/load-station.ts'
import type { EvPlan } from '../../scenario/plan.ts'
import type { Evse } from '../evse.ts'
import { meterValue } from './metering/meter-values.ts'
import { readEvse } from './metering/readings.ts'
import { stationReservations } from './reservation/station-reservations.ts'
import type { Station2x } from './station-2x.ts'
import { wireToken } from './transactions/transaction-event.ts'

/** The EV that traffic plugs in: it charges for hours before it tapers. */
const trafficEv: EvPlan = {
  batteryWh: 80_000,
  soc: 0.1,
  maxPowerW: 11_000,
  phases: 3,
  taperFrom: 0.9,
}

/**
 * CALLs of traffic and of mixes, drawn by their 1.6 names too: what the physical state makes of
 * them, without the messages that a scripted session would send besides. A start where every EVSE is
 * in a transaction becomes a stop and the reverse, so that a mix keeps its shares. Hot path.
 */
export class LoadTraffic {
  readonly #station: Station2x
  /** Round robin over EVSEs. */
  #turn = 0

  constructor(station: Station2x) {
    this.#station = station
  }

  issue(call: IssuedCall): void {
    if (call.payload) {
      this.#send(call.action, call.payload, call)
      return
    }
    switch (call.action) {
      case 'StartTransaction':
        this.#startOrStop(this.#next(this.#idle) ?? this.#next(this.#open), call)
        break
      case 'StopTransaction':
        this.#startOrStop(this.#next(this.#open) ?? this.#next(this.#idle), call)
        break
      case 'TransactionEvent':
      case 'MeterValues':
        this.#meterValues(call)
        break
      case 'StatusNotification':
        this.#statusNotification(call)
        break
      case 'Authorize':
        this.#send('Authorize', { idToken: wireToken(this.#station.services.ownToken) }, call)
        break
      case 'DataTransfer':
        this.#send('DataTransfer', { vendorId: 'csms', messageId: 'traffic' }, call)
        break
      case 'BootNotification':
        this.#send('BootNotification', this.#station.bootRequest('triggered'), call)
        break
      default:
        // Heartbeat; what has to have a payload is refused where the scenario is read.
        this.#send(call.action, {}, call)
    }
  }

  #send(action: string, payload: object, traffic: IssuedCall): void {
    this.#station.services.send(action, payload, undefined, { traffic })
  }

  #startOrStop(evse: Evse | undefined, traffic: IssuedCall): void {
    if (!evse) traffic.done({ kind: 'unsent', reason: 'closed' })
    else if (this.#station.sessions.isOpen(evse)) this.#stop(evse, traffic)
    else this.#start(evse, traffic)
  }

  /** The next EVSE in turn of which this holds. */
  #next(holds: (evse: Evse) => boolean): Evse | undefined {
    const { evses } = this.#station.services
    this.#turn += 1
    for (let step = 0; step < evses.length; step += 1) {
      const evse = evses[(this.#turn + step) % evses.length]
      if (evse && holds(evse)) return evse
    }
    return undefined
  }

  readonly #open = (evse: Evse): boolean => this.#station.sessions.isOpen(evse)

  readonly #idle = (evse: Evse): boolean =>
    !this.#open(evse) &&
    evse.free &&
    this.#station.services.memory.usable(evse.id, evse.connector) &&
    !this.#reserved(evse)

  #reserved(evse: Evse): boolean {
    const { ownToken } = this.#station.services
    return stationReservations.existing(this.#station)?.barred(evse, ownToken) !== undefined
  }

  #start(evse: Evse, traffic: IssuedCall): void {
    if (evse.cable === undefined) evse.plug(1, trafficEv)
    const token = this.#station.services.ownToken
    evse.authorization = { token, how: 'local', remoteStartId: undefined }
    evse.closePath()
    this.#station.sessions.of(evse).occur({
      change: { connected: true, authorized: true, energy: true },
      trigger: 'Authorized',
      traffic,
    })
  }

  #stop(evse: Evse, traffic: IssuedCall): void {
    evse.openPath()
    this.#station.sessions.of(evse).occur({
      change: { connected: false, authorized: false, energy: false, decisive: true },
      trigger: 'StopAuthorized',
      reason: 'Local',
      token: this.#station.services.ownToken,
      traffic,
    })
    evse.authorization = undefined
    evse.unplug()
  }

  #meterValues(traffic: IssuedCall): void {
    const { services, sessions } = this.#station
    const open = this.#next(this.#open)
    if (open) {
      const sample = { kind: 'sampledUpdated', context: 'Sample.Periodic' } as const
      sessions.of(open).occur({ change: {}, trigger: 'MeterValuePeriodic', sample, traffic })
      return
    }
    const evse = this.#next(() => true)
    if (!evse) {
      traffic.done({ kind: 'unsent', reason: 'closed' })
      return
    }
    evse.advance()
    const at = services.wireTime()
    const reading =
      readEvse(this.#station, evse, 'sampledUpdated', 'Sample.Clock', at) ??
      meterValue(evse.outlet, ['Energy.Active.Import.Register'], 'Sample.Clock', at)
    this.#send('MeterValues', { evseId: evse.id, meterValue: [reading] }, traffic)
  }

  #statusNotification(traffic: IssuedCall): void {
    const evse = this.#next(() => true)
    if (!evse) {
      traffic.done({ kind: 'unsent', reason: 'closed' })
      return
    }
    const connector = 1 + (Math.floor(this.#turn / 2) % evse.connectors)
    const payload = this.#station.connectors.notification(evse, connector)
    this.#send('StatusNotification', payload, traffic)
  }
}
