import type { PowerCause } from '../../behaviour.ts'
import type { Evse } from '../../evse.ts'
import { stopSpelling } from './reasons.ts'
import { Session, type SessionHost } from './session.ts'

/** The sessions of a station's EVSEs, made when first needed. */
export class Sessions {
  readonly #host: SessionHost
  readonly #byEvse: (Session | undefined)[] = []

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
   * [2.1 E17]. A 2.0.1 station resumes nothing.
   */
  powerRestored(cause: PowerCause): void {
    const { services, model, version } = this.#host
    const { trigger, reason } = stopSpelling[cause === 'powerLoss' ? 'powerLoss' : 'hardReset']
    const withinMs =
      version === 'ocpp2.1' ? model.integer('TxCtrlr.TxResumptionTimeout') * 1000 : 0
    const withEnergy = model.flag('TxCtrlr.TxAllowEnergyTransferResumption')
    for (const evse of services.evses) {
      const session = this.of(evse)
      const resumed = withinMs > 0 && session.resume(withinMs, withEnergy)
      if (!resumed) session.restore(trigger, reason)
      else if (withEnergy && session.open) services.unattended(services.resumeEnergy(evse))
    }
  }

  /** The run is over. */
  stopped(): void {
    for (const session of this.#byEvse) session?.stopped()
  }
}
