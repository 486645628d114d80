import type { StationSettings } from '../behaviour.ts'
import type { DeviceModel } from './provisioning/device-model/device-model.ts'
import { profilesInUse } from './provisioning/network-profiles.ts'
import type { Station2x } from './station-2x.ts'

/** Simulated ms between boots when the CSMS names no interval [2.0.1 B02, B03]. */
const bootRetryMs = 60_000

const basicAuthPassword = 'SecurityCtrlr.BasicAuthPassword'

/** The settings of the neutral core, read from the device model. */
export class Settings2x implements StationSettings {
  readonly bootRetryMs = bootRetryMs
  readonly #station: Station2x
  readonly #model: DeviceModel

  constructor(station: Station2x) {
    this.#station = station
    this.#model = station.model
  }

  get heartbeatIntervalMs(): number {
    return this.#ms('OCPPCommCtrlr.HeartbeatInterval')
  }

  get connectionTimeoutMs(): number {
    return this.#ms('TxCtrlr.EVConnectionTimeOut')
  }

  get sampleIntervalMs(): number {
    if (!this.#model.flag('SampledDataCtrlr.Enabled')) return 0
    return this.#ms('SampledDataCtrlr.TxUpdatedInterval')
  }

  get alignedIntervalMs(): number {
    if (!this.#model.flag('AlignedDataCtrlr.Enabled')) return 0
    return this.#ms('AlignedDataCtrlr.Interval')
  }

  get pingIntervalMs(): number {
    return this.#ms('OCPPCommCtrlr.WebSocketPingInterval')
  }

  get transactionAttempts(): number {
    return this.#model.integer('OCPPCommCtrlr.MessageAttempts[TransactionEvent]')
  }

  get transactionRetryMs(): number {
    return this.#ms('OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]')
  }

  get backOffMinimumMs(): number {
    return this.#ms('OCPPCommCtrlr.RetryBackOffWaitMinimum')
  }

  get backOffRandomMs(): number {
    return this.#ms('OCPPCommCtrlr.RetryBackOffRandomRange')
  }

  get backOffRepeats(): number {
    return this.#model.integer('OCPPCommCtrlr.RetryBackOffRepeatTimes')
  }

  get authorizeRemoteStart(): boolean {
    return (
      this.#model.flag('AuthCtrlr.Enabled') && this.#model.flag('AuthCtrlr.AuthorizeRemoteStart')
    )
  }

  get stopOnEvDisconnect(): boolean {
    return this.#model.flag('TxCtrlr.StopTxOnEVSideDisconnect')
  }

  get password(): string | undefined {
    const { password } = profilesInUse(this.#station)?.current ?? {}
    return password ?? (this.#model.text(basicAuthPassword) || undefined)
  }

  /** Undefined: the cable is unlocked when the EV lets it go. */
  get keepsCableLocked(): boolean | undefined {
    return this.#model.flag('OCPPCommCtrlr.UnlockOnEVSideDisconnect') ? undefined : true
  }

  /** Of the connection profile in use; undefined = the fleet's. */
  get securityProfile(): number | undefined {
    return profilesInUse(this.#station)?.current?.securityProfile
  }

  get callTimeoutMs(): number | undefined {
    return profilesInUse(this.#station)?.current?.callTimeoutMs
  }

  #ms(variable: string): number {
    return this.#model.integer(variable) * 1000
  }
}
