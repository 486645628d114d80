import type { ChangeConfigurationResponse } from 'typed-ocpp/dist/ocpp16/types.js'
import type { StationTemplate } from '../../scenario/plan.ts'
import type { StationServices, StationSettings } from '../behaviour.ts'
import { items } from './configuration-checks.ts'
import { type KeyName, keyNamed, keyNames, keySpec } from './configuration-keys.ts'
import { type FeatureProfile, profileList } from './feature-profiles.ts'
import { measurandList, type Reading } from './measurands.ts'

/** What every station of a template shares: lists are parsed once per value and process. */
interface TemplateFacts {
  readonly lists: Map<string, readonly Reading[]>
  readonly profiles: readonly FeatureProfile[]
  readonly workedOut: ReadonlyMap<KeyName, string>
}

const factsByTemplate = new WeakMap<StationTemplate, TemplateFacts>()

/**
 * The configuration of one 1.6 station: the CSMS's changes over the template's values over the
 * defaults [1.6 5.3, 9.1]. Read on every use, so that a change takes effect at once.
 */
export class Configuration implements StationSettings {
  readonly #station: StationServices
  readonly #facts: TemplateFacts

  constructor(station: StationServices) {
    this.#station = station
    this.#facts = factsOf(station.template)
  }

  /** The value that the station acts on; a change that waits for a reboot is not in it. */
  value(name: KeyName): string {
    const { memory, template } = this.#station
    return (
      memory.value(name) ??
      template.configuration[name] ??
      this.#facts.workedOut.get(name) ??
      keySpec(name).initial
    )
  }

  /** The value as GetConfiguration tells it; undefined for what is write-only. */
  reported(name: KeyName): string | undefined {
    if (keySpec(name).writeOnly) return undefined
    return this.#station.memory.postponed(name) ?? this.value(name)
  }

  number(name: KeyName): number {
    const number = Number(this.value(name))
    return Number.isFinite(number) ? number : Number(keySpec(name).initial)
  }

  flag(name: KeyName): boolean {
    return this.value(name).toLowerCase() === 'true'
  }

  /** The measurands of a list; of an empty one of MeterValues the register [1.6 9.1.17]. */
  readings(name: KeyName): readonly Reading[] {
    const { lists } = this.#facts
    const value = this.value(name) || (keySpec(name).whenEmpty ?? '')
    const known = lists.get(value)
    if (known) return known
    const readings = measurandList(value, this.#station.template.meter) ?? []
    lists.set(value, readings)
    return readings
  }

  /** The station has this feature profile, by its key SupportedFeatureProfiles [1.6 3.3]. */
  supports(profile: FeatureProfile): boolean {
    return this.#facts.profiles.includes(profile)
  }

  /** A key that this station has, by a name in any case. */
  known(name: string): KeyName | undefined {
    const key = keyNamed(name)
    return key && this.#has(key) ? key : undefined
  }

  /** Every key that this station has. */
  get names(): readonly KeyName[] {
    return keyNames.filter((name) => this.#has(name))
  }

  readonly(name: KeyName): boolean {
    const { readonly, fixedOn } = keySpec(name)
    return readonly || (fixedOn?.(this.#station.template) ?? false)
  }

  /** ChangeConfiguration [1.6 5.3]: in force at once, or with the next boot. */
  change(name: string, value: string): ChangeConfigurationResponse['status'] {
    const key = this.known(name)
    if (!key) return 'NotSupported'
    if (this.readonly(key) || keySpec(key).check(value) !== undefined) return 'Rejected'
    if (this.#tooLong(key, value)) return 'Rejected'
    const { memory, template } = this.#station
    if (template.rebootRequired?.includes(key)) {
      memory.postpone(key, value)
      return 'RebootRequired'
    }
    memory.setValue(key, value)
    this.#station.settingsChanged()
    return 'Accepted'
  }

  /** Sets a key from within, whatever a CSMS may do to it. */
  set(name: KeyName, value: string): void {
    if (this.value(name) !== value) this.#station.memory.setValue(name, value)
  }

  #has(name: KeyName): boolean {
    const { profile } = keySpec(name)
    return profile === undefined || this.supports(profile)
  }

  #tooLong(name: KeyName, value: string): boolean {
    const limit = keyNamed(keySpec(name).limit ?? '')
    return limit !== undefined && items(value).length > this.number(limit)
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

  get password(): string | undefined {
    return this.value('AuthorizationKey') || undefined
  }

  get securityProfile(): number {
    return this.number('SecurityProfile')
  }

  get authorizeRemoteStart(): boolean {
    return this.flag('AuthorizeRemoteTxRequests')
  }

  get stopOnEvDisconnect(): boolean {
    return this.flag('StopTransactionOnEVSideDisconnect')
  }
  /** Real ms [1.6 errata 3.83]. */
  get callTimeoutMs(): number {
    return this.#station.memory.value('MessageTimeout') === undefined &&
      this.#station.template.configuration['MessageTimeout'] === undefined
      ? this.#station.template.callTimeoutMs
      : this.number('MessageTimeout') * 1000
  }

  /** A cable that was pulled at the EV stays locked at the station until somebody unlocks it. */
  get keepsCableLocked(): boolean {
    return !this.flag('UnlockConnectorOnEVSideDisconnect')
  }
}

function factsOf(template: StationTemplate): TemplateFacts {
  const known = factsByTemplate.get(template)
  if (known) return known
  const profiles = template.configuration['SupportedFeatureProfiles']
  const facts: TemplateFacts = {
    lists: new Map(),
    profiles: profileList(profiles ?? keySpec('SupportedFeatureProfiles').initial) ?? ['Core'],
    workedOut: new Map(
      keyNames.flatMap((name): [KeyName, string][] => {
        const value = keySpec(name).workedOut?.(template)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
  }
  factsByTemplate.set(template, facts)
  return facts
}
