import type { ChangeConfigurationResponse } from 'typed-ocpp/dist/ocpp16/types.js'
import type { StationServices, StationSettings } from '../behaviour.ts'
import { configurationKeys, type KeyName, keyNamed } from './configuration-keys.ts'
import { measurandList, type Reading } from './measurands.ts'

/** Keys whose lists of measurands are parsed once per value and process. */
const parsedLists = new WeakMap<object, Map<string, readonly Reading[]>>()

/**
 * The configuration of one 1.6 station: the CSMS's changes over the template's values over the
 * defaults [1.6 5.3, 9.1]. Read on every use, so that a change takes effect at once.
 */
export class Configuration implements StationSettings {
  readonly #station: StationServices

  constructor(station: StationServices) {
    this.#station = station
  }

  value(name: KeyName): string {
    const { memory, template, evses } = this.#station
    if (name === 'NumberOfConnectors') {
      return String(evses.reduce((count, evse) => count + evse.connectors, 0))
    }
    return memory.value(name) ?? template.configuration[name] ?? configurationKeys[name].initial
  }

  number(name: KeyName): number {
    const number = Number(this.value(name))
    return Number.isFinite(number) ? number : Number(configurationKeys[name].initial)
  }

  flag(name: KeyName): boolean {
    return this.value(name).toLowerCase() === 'true'
  }

  readings(name: KeyName): readonly Reading[] {
    const { template } = this.#station
    let lists = parsedLists.get(template)
    if (!lists) {
      lists = new Map()
      parsedLists.set(template, lists)
    }
    const value = this.value(name)
    const known = lists.get(value)
    if (known) return known
    const readings = measurandList(value) ?? []
    lists.set(value, readings)
    return readings
  }

  /** ChangeConfiguration [1.6 5.3]. */
  change(name: string, value: string): ChangeConfigurationResponse['status'] {
    const key = keyNamed(name)
    if (!key) return 'NotSupported'
    if (configurationKeys[key].check(value) !== undefined) return 'Rejected'
    this.#station.memory.setValue(key, value)
    this.#station.settingsChanged()
    return 'Accepted'
  }

  /** Sets a key from within, whatever a CSMS may do to it. */
  set(name: KeyName, value: string): void {
    if (this.value(name) !== value) this.#station.memory.setValue(name, value)
  }

  get heartbeatIntervalMs(): number {
    return this.number('HeartbeatInterval') * 1000
  }

  /** Vendor key of the template only; a CSMS that names no interval has no say in it [1.6 4.2]. */
  get bootRetryMs(): number {
    return Number(this.#station.template.configuration['BootRetryInterval'] ?? 60) * 1000
  }

  get connectionTimeoutMs(): number {
    return this.number('ConnectionTimeOut') * 1000
  }

  get sampleIntervalMs(): number {
    return this.number('MeterValueSampleInterval') * 1000
  }

  get alignedIntervalMs(): number {
    return this.number('ClockAlignedDataInterval') * 1000
  }

  get pingIntervalMs(): number {
    return this.number('WebSocketPingInterval') * 1000
  }

  get transactionAttempts(): number {
    return this.number('TransactionMessageAttempts')
  }

  get transactionRetryMs(): number {
    return this.number('TransactionMessageRetryInterval') * 1000
  }

  get backOffMinimumMs(): number {
    return this.number('RetryBackOffWaitMinimum') * 1000
  }

  get backOffRandomMs(): number {
    return this.number('RetryBackOffRandomRange') * 1000
  }

  get backOffRepeats(): number {
    return this.number('RetryBackOffRepeatTimes')
  }

  get authorizeRemoteStart(): boolean {
    return this.flag('AuthorizeRemoteTxRequests')
  }

  get stopOnEvDisconnect(): boolean {
    return this.flag('StopTransactionOnEVSideDisconnect')
  }
}
