import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import { installedAt } from '../../../ocpp/smart-charging/charging-profile.ts'
import {
  type CompositeSchedule,
  compositeSchedule,
  type Rate,
} from '../../../ocpp/smart-charging/composite-schedule.ts'
import {
  type ClearCriteria,
  stationStacks,
  transactionStack,
} from '../../../ocpp/smart-charging/installed-profiles.ts'
import {
  type ChargingRateUnit,
  type Limit,
  minRateOf,
  rateOf,
  tighter,
} from '../../../ocpp/smart-charging/limit.ts'
import {
  type ChargingProfile16,
  faultOf16,
  readProfile16,
} from '../../../ocpp/smart-charging/profile16.ts'
import { type Bound, boundAt } from '../../../ocpp/smart-charging/stack.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { evseLimit } from '../../physics/power-path.ts'
import type { StationServices } from '../behaviour.ts'
import { ChargingProfileStore, type StoredProfile } from '../charging-profile-store.ts'
import type { Evse } from '../evse.ts'
import { type LimitSource, limitedBy } from '../power-limits.ts'
import type { Configuration } from './configuration.ts'
import type { Transaction } from './transaction.ts'
import type { Transactions } from './transactions.ts'

type SetRequest = RequestOf<Actions16, 'SetChargingProfile'>
type SetStatus = ResponseOf<Actions16, 'SetChargingProfile'>['status']

/** The TxProfile of a RemoteStartTransaction, until its transaction begins [1.6 5.16.2]. */
interface Expected {
  readonly evse: Evse
  readonly idTag: string
  readonly profile: ChargingProfile16
}

/**
 * Smart charging of one 1.6 station: keeps its charging profiles and says what they allow [1.6 3.13].
 * A TxDefaultProfile counts at once, also for a transaction that is under way: the station
 * re-evaluates its profiles whenever one comes [1.6 5.16.4].
 */
export class ChargingProfiles implements LimitSource {
  readonly #station: StationServices
  readonly #settings: Configuration
  readonly #transactions: Transactions
  #expected: Expected[] = []

  constructor(station: StationServices, settings: Configuration, transactions: Transactions) {
    this.#station = station
    this.#settings = settings
    this.#transactions = transactions
  }

  /** SetChargingProfile on a connector of this station, 0 included [1.6 5.16]. */
  set({ connectorId, csChargingProfiles: wire }: SetRequest, evse: Evse | undefined): SetStatus {
    const { chargingProfilePurpose: purpose, transactionId } = wire
    if (!this.#acceptable(wire)) return 'Rejected'
    if (purpose === 'ChargePointMaxProfile' && evse) return 'Rejected'
    if (purpose !== 'TxProfile') return this.#install(connectorId, wire)
    this.#settle()
    const transaction = evse && this.#transactions.open(evse)
    // [1.6 3.13.1] Without a transaction there, or for another one: refused.
    if (transaction?.connectorId !== connectorId) return 'Rejected'
    if (transactionId !== undefined && transactionId !== transaction.id) return 'Rejected'
    return this.#install(connectorId, wire, transaction)
  }

  /** @returns whether there was any */
  clear(criteria: ClearCriteria): boolean {
    this.#settle()
    const cleared = this.#store?.clear(criteria) ?? false
    if (cleared) this.#changed()
    return cleared
  }

  /** May a RemoteStartTransaction bring this profile? [1.6 5.16.2, errata 3.41] */
  mayStartWith(wire: ChargingProfile16): boolean {
    return (
      wire.chargingProfilePurpose === 'TxProfile' &&
      wire.transactionId === undefined &&
      this.#acceptable(wire) &&
      (this.#store?.all.length ?? 0) < this.#settings.number('MaxChargingProfilesInstalled')
    )
  }

  /** A remote start was accepted at this EVSE, with a profile or without. */
  expect(evse: Evse, idTag: string, profile: ChargingProfile16 | undefined): void {
    this.#expected = this.#expected.filter((one) => one.evse !== evse)
    if (!profile) return
    this.#expected.push({ evse, idTag, profile })
    this.#changed()
  }

  /** The profile's unit counts where the CSMS names none [1.6 6.21]. */
  unitAt(connectorId: number): ChargingRateUnit {
    this.#settle()
    const installed = this.#store?.all ?? []
    const [profile] = [
      ...transactionStack(installed, connectorId),
      ...stationStacks(installed).flat(),
    ]
    return profile?.schedule.unit ?? (this.allows('A') ? 'A' : 'W')
  }

  /** [1.6 9.4.2] */
  allows(unit: ChargingRateUnit): boolean {
    const units = this.#settings.value('ChargingScheduleAllowedChargingRateUnit').split(',')
    return units.map((name) => name.trim()).includes(unit === 'A' ? 'Current' : 'Power')
  }

  /**
   * What a connector may draw; connector 0: all of them together, as if an EV charged at each
   * [1.6 5.7]. Local limits are taken into account.
   */
  composite(
    connectorId: number,
    evse: Evse | undefined,
    unit: ChargingRateUnit,
    fromMs: number,
    seconds: number,
  ): CompositeSchedule {
    const rateAt = (atMs: number) =>
      evse
        ? this.#connectorRate(evse, connectorId, unit, fromMs, atMs)
        : this.#stationRate(unit, fromMs, atMs)
    const longest = Math.max(1, this.#settings.number('ChargingScheduleMaxPeriods'))
    return compositeSchedule(rateAt, fromMs, seconds, longest)
  }

  get switchesPhases(): boolean {
    return this.#settings.flag('ConnectorSwitch3to1PhaseSupported')
  }

  evseBound(evse: Evse, wireMs: number): Bound {
    this.#settle()
    return this.#transactionBound(evse, evse.connectorId, wireMs, wireMs)
  }

  stationBound(wireMs: number): Bound {
    return boundAt(stationStacks(this.#store?.all ?? []), wireMs, wireMs)
  }

  get #store(): ChargingProfileStore | undefined {
    return this.#station.memory.chargingProfiles
  }

  #acceptable(wire: ChargingProfile16): boolean {
    const { chargingRateUnit, chargingSchedulePeriod } = wire.chargingSchedule
    return (
      faultOf16(wire) === undefined &&
      wire.stackLevel <= this.#settings.number('ChargeProfileMaxStackLevel') &&
      chargingSchedulePeriod.length <= this.#settings.number('ChargingScheduleMaxPeriods') &&
      this.allows(chargingRateUnit)
    )
  }

  #install(place: number, wire: ChargingProfile16, session?: Transaction): SetStatus {
    this.#settle()
    const profile = installedAt(readProfile16(wire), this.#station.wireMs())
    const fresh: StoredProfile = { place, profile, session }
    const store = (this.#station.memory.chargingProfiles ??= new ChargingProfileStore())
    if (store.countWith(fresh) > this.#settings.number('MaxChargingProfilesInstalled')) {
      return 'Rejected'
    }
    store.install(fresh)
    this.#changed()
    return 'Accepted'
  }

  /** Gives profiles that came with a remote start to their transactions, and forgets what is over. */
  #settle(): void {
    if (this.#expected.length > 0) {
      this.#expected = this.#expected.filter((one) => this.#stillExpected(one))
    }
    this.#store?.keepOnly((session) =>
      this.#station.evses.some((evse) => this.#transactions.open(evse) === session),
    )
  }

  #stillExpected({ evse, idTag, profile }: Expected): boolean {
    const transaction = this.#transactions.open(evse)
    if (transaction) {
      const store = (this.#station.memory.chargingProfiles ??= new ChargingProfileStore())
      const place = transaction.connectorId
      if (transaction.idTag === idTag) {
        store.install({ place, profile: readProfile16(profile), session: transaction })
      }
      return false
    }
    const { authorization } = evse
    return (
      evse.claimed || (authorization?.how === 'remote' && authorization.token.idToken === idTag)
    )
  }

  #transactionBound(evse: Evse, connectorId: number, fromMs: number, atMs: number): Bound {
    const transaction = this.#transactions.open(evse)
    const here = transaction?.connectorId === connectorId ? transaction : undefined
    const startedMs = here ? Date.parse(here.ledger.startedAt) : fromMs
    const expected = this.#expected.find((one) => one.evse === evse)
    const stack = expected
      ? [readProfile16(expected.profile)]
      : transactionStack(this.#store?.all ?? [], connectorId)
    return boundAt([stack], atMs, startedMs)
  }

  #connectorRate(
    evse: Evse,
    connectorId: number,
    unit: ChargingRateUnit,
    fromMs: number,
    atMs: number,
  ): Rate {
    const own = this.#transactionBound(evse, connectorId, fromMs, atMs)
    const station = this.stationBound(atMs)
    const limit = tighter(tighter(own.limit, station.limit), evseLimit(evse.plan))
    return this.#rate(limit, unit, Math.min(own.untilMs, station.untilMs))
  }

  #stationRate(unit: ChargingRateUnit, fromMs: number, atMs: number): Rate {
    const { evses } = this.#station
    const station = this.stationBound(atMs)
    const connectors = evses.map((evse) =>
      this.#connectorRate(evse, evse.connectorId, unit, fromMs, atMs),
    )
    const phases = evses.reduce<Limit['phases']>(
      (most, { plan }) => (plan.phases > most ? plan.phases : most),
      1,
    )
    const rate = this.#rate({ ...station.limit, phases }, unit, station.untilMs)
    return {
      ...rate,
      rate: Math.min(rate.rate, sum(connectors.map((connector) => connector.rate))),
      untilMs: Math.min(rate.untilMs, ...connectors.map(({ untilMs }) => untilMs)),
    }
  }

  #rate(limit: Limit, unit: ChargingRateUnit, untilMs: number): Rate {
    const { voltage } = this.#station.template
    return {
      rate: rateOf(limit, unit, voltage),
      phases: limit.phases,
      minRate: minRateOf(limit, unit, voltage),
      untilMs,
    }
  }

  /** Makes the outlets obey from now on; without any profile they know of no limits at all. */
  #changed(): void {
    const station = this.#station
    const { evses } = station
    const clocks = {
      simulatedMs: () => station.clocks.simulated.monotonicMicros() / 1000,
      wireMs: () => station.wireMs(),
    }
    for (const evse of evses) evse.advance()
    limitedBy(this, evses, clocks).changed(clocks.simulatedMs())
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((one, other) => one + other, 0)
}
