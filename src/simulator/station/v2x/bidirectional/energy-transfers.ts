import type {
  AuthorizeResponse,
  EnergyTransferModeEnumType,
  NotifyEVChargingNeedsResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import { changeGrid } from '../../station-grid.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { v2xNeeds } from './v2x-needs.ts'

type Modes = readonly EnergyTransferModeEnumType[]

/** What an EV and the station agreed on in one transaction. */
interface Agreement {
  readonly transactionId: string
  /** The CSMS did not refuse that energy flows in both directions. */
  readonly bothWays: boolean
}

/**
 * Which EVs may give energy back: those whose transaction the CSMS allowed a bidirectional energy
 * transfer, and did not refuse the needs they then told [2.1 Q01, Q02].
 */
class EnergyTransfers {
  readonly #station: Station2x
  /** By EVSE: what the last Authorize allowed its token. */
  readonly #authorized = new Map<number, Modes>()
  /** By EVSE. */
  readonly #agreements = new Map<number, Agreement>()

  constructor(station: Station2x) {
    this.#station = station
    station.services.grid.permits = (evseId) => this.#permits(evseId)
  }

  /** The CSMS answered Authorize; without a list it does not allow anything yet [2.1 Q02.FR.03]. */
  authorized(evse: Evse, allowed: Modes | undefined): void {
    if (allowed) this.#authorized.set(evse.id, allowed)
    else this.#authorized.delete(evse.id)
  }

  /** Energy begins to flow: with what was allowed by then. */
  begin(evse: Evse): void {
    const allowed = this.#authorized.get(evse.id)
    this.#authorized.delete(evse.id)
    if (allowed) this.allow(evse, allowed)
  }

  /** The EV asks for what it may have now: a renegotiation of the service [2.1 Q01.FR.05, Q02]. */
  allow(evse: Evse, allowed: Modes): void {
    const transactionId = this.#transactionAt(evse)
    if (transactionId === undefined || !isBidirectional(this.#station, evse)) return
    const request = v2xNeeds(this.#station, evse, allowed)
    const bothWays = request.chargingNeeds.requestedEnergyTransfer.endsWith('_BPT')
    const known = this.#agreements.get(evse.id)
    if (!bothWays) this.#agree(evse, { transactionId, bothWays })
    if (!bothWays && !known?.bothWays) return
    this.#station.services.send('NotifyEVChargingNeeds', request, (outcome) => {
      if (outcome.kind !== 'result' || !bothWays) return
      const { status } = outcome.payload as NotifyEVChargingNeedsResponse
      if (this.#transactionAt(evse) !== transactionId) return
      this.#agree(evse, { transactionId, bothWays: status !== 'Rejected' })
    })
  }

  #agree(evse: Evse, agreement: Agreement): void {
    changeGrid(this.#station.services, () => this.#agreements.set(evse.id, agreement))
    // Power follows, and with it what the transaction tells.
    evse.onLimit?.()
  }

  #permits(evseId: number): boolean {
    const agreement = this.#agreements.get(evseId)
    const evse = this.#station.services.evse(evseId)
    if (!agreement?.bothWays || !evse) return false
    return this.#transactionAt(evse) === agreement.transactionId
  }

  #transactionAt(evse: Evse): string | undefined {
    const { sessions } = this.#station
    return sessions.isOpen(evse) ? sessions.of(evse).transactionId : undefined
  }
}

export const energyTransfers = new StationPart((station) => new EnergyTransfers(station))

/** EVSE and EV send energy in both directions, and nobody switched that off. */
export function isBidirectional({ model, version }: Station2x, { id, outlet }: Evse): boolean {
  if (version !== 'ocpp2.1' || outlet.mostBackW === 0) return false
  return model.flag('V2XChargingCtrlr.Enabled', { id })
}

/** Keeps what an answer to Authorize allows [2.1 Q01.FR.01]. */
export function transfersAuthorized(station: Station2x, evse: Evse, answer: object): void {
  const { allowedEnergyTransfer } = answer as AuthorizeResponse
  energyTransfers.existing(station)?.authorized(evse, allowedEnergyTransfer)
}
