import type { PowerCause } from '../../behaviour.ts'
import type { Evse } from '../../evse.ts'
import { stopSpelling } from './reasons.ts'
import { Session, type SessionHost } from './session.ts'

/** The sessions of a station's EVSEs, made when first needed. */
export class Sessions {
  readonly #host: SessionHost
  readonly #byEvse: (Session | undefined)[] = []
  /** The next boot resumes what it interrupts, however long it takes [2.1 B13.FR.23]. */
  resumesAll = false

  constructor(host: SessionHost) {
    this.#host = host
  }

  of(evse: Evse): Session {
    const known = this.#byEvse[evse.id]
    if (known) return known
    const session = new Session(evse, this.#host)
    this.#byEvse[evse.id] = session
    return session
  }

  /** A transaction is open on this EVSE. */
  isOpen(evse: Evse): boolean {
    return this.#byEvse[evse.id]?.open ?? false
  }

  /** A transaction is open on any EVSE. */
  get anyOpen(): boolean {
    return this.#byEvse.some((session) => session?.open)
  }

  /** Those with an open transaction. */
  get open(): Session[] {
    return this.#byEvse.filter((session) => session?.open) as Session[]
  }

  byTransaction(transactionId: string): Session | undefined {
    return this.open.find((session) => session.transactionId === transactionId)
  }

  /** Power is cut or the station reboots. */
  powerLost(): void {
    for (const session of this.open) session.interrupt()
  }

  /**
   * What the loss interrupted goes on where TxResumptionTimeout has not passed, else it ends
   * [2.1 E17].
   */
  powerRestored(cause: PowerCause): void {
    const { services, model } = this.#host
    const { trigger, reason } = stopSpelling[cause === 'powerLoss' ? 'powerLoss' : 'hardReset']
    const withinMs = this.resumesAll ? Number.POSITIVE_INFINITY : this.#resumptionMs
    this.resumesAll = false
    const withEnergy = model.flag('TxCtrlr.TxAllowEnergyTransferResumption')
    for (const evse of services.evses) {
      const session = this.of(evse)
      const resumed = withinMs > 0 && session.resume(withinMs, withEnergy)
      if (!resumed) session.restore(trigger, reason)
      else if (withEnergy && session.open) services.unattended(services.resumeEnergy(evse))
    }
  }

  /** A 2.0.1 station resumes nothing. */
  get #resumptionMs(): number {
    const { model, version } = this.#host
    return version === 'ocpp2.1' ? model.integer('TxCtrlr.TxResumptionTimeout') * 1000 : 0
  }

  /** The run is over. */
  stopped(): void {
    for (const session of this.#byEvse) session?.stopped()
  }
}
