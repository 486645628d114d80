import {
  type ChargingProfile,
  installedAt,
} from '../../../../ocpp/smart-charging/charging-profile.ts'
import type { ClearCriteria } from '../../../../ocpp/smart-charging/installed-profiles.ts'
import {
  clears,
  hasSameId,
  priorityStack,
} from '../../../../ocpp/smart-charging/installed-profiles.ts'
import type {
  ChargingProfile2x,
  ProfileFault,
  Schedule2x,
} from '../../../../ocpp/smart-charging/profile2x.ts'
import { readProfile2x } from '../../../../ocpp/smart-charging/profile2x.ts'
import { prevailing } from '../../../../ocpp/smart-charging/stack.ts'
import { ChargingProfileStore, type StoredProfile } from '../../charging-profile-store.ts'
import type { Evse } from '../../evse.ts'
import { limitedBy } from '../../power-limits.ts'
import { timeOffsetMs } from '../provisioning/time-offset.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { ExpectedProfiles } from './expected-profiles.ts'
import { FollowedProfiles } from './followed-profiles.ts'
import { ProfileBounds } from './profile-bounds.ts'
import { conflictWith, objectionTo, phaseFault } from './profile-checks.ts'

/** The charging profiles of a station; made by the first one. */
export const chargingProfiles = new StationPart((station) => new ChargingProfiles(station))

/** Smart charging of one 2.x station: keeps its profiles [2.0.1 K01-K10]. */
class ChargingProfiles {
  readonly followed: FollowedProfiles
  /** What they allow. */
  readonly bounds: ProfileBounds
  readonly #station: Station2x
  readonly #expected: ExpectedProfiles
  /** Transactions that have priority [2.1 K21]. */
  readonly #priority = new Set<string>()
  /** Wire ms; undefined: it is online. */
  #offlineSinceMs: number | undefined

  constructor(station: Station2x) {
    this.#station = station
    this.#expected = new ExpectedProfiles(station)
    this.followed = new FollowedProfiles(station)
    this.bounds = new ProfileBounds(station, this)
  }

  /**
   * SetChargingProfile; returns why not [2.0.1 K01].
   *
   * @param tellsPhases whether the EV there takes limits for each phase
   */
  set(evseId: number, wire: ChargingProfile2x, tellsPhases: boolean): ProfileFault | undefined {
    this.#settle()
    const objection =
      objectionTo(this.#station, evseId, wire) ??
      this.#transactionFault(evseId, wire) ??
      phaseFault(tellsPhases, wire) ??
      conflictWith(this.all, evseId, wire) ??
      this.#spaceFault(wire)
    if (!objection) this.install(evseId, wire, 'CSO')
    return objection
  }

  /** Installs what needs no more questions; one with the same id is replaced. */
  install(place: number, wire: ChargingProfile2x, source: string): void {
    const profile = installedAt(this.#read(wire), this.#station.services.wireMs())
    this.#store.install({ place, profile, wire, source })
    this.changed()
  }

  /** @returns whether there was any that a CSMS may clear [2.0.1 K10] */
  clear(criteria: ClearCriteria): boolean {
    this.#settle()
    const cleared = this.#memory?.remove(
      (known) =>
        known.profile.purpose !== 'ChargingStationExternalConstraints' && clears(criteria, known),
    )
    if (cleared) this.changed()
    return cleared ?? false
  }

  /** Takes these away, whoever set them. */
  remove(unwanted: (known: StoredProfile) => boolean): boolean {
    const removed = this.#memory?.remove(unwanted) ?? false
    if (removed) this.changed()
    return removed
  }

  /** Oldest first. */
  get all(): readonly StoredProfile[] {
    this.#settle()
    return this.#memory?.all ?? []
  }

  /** Why a RequestStartTransaction may not bring this profile [2.0.1 K05.FR.02, F01.FR.08-11]. */
  objectionToStart(evse: Evse, wire: ChargingProfile2x): ProfileFault | undefined {
    if (wire.chargingProfilePurpose !== 'TxProfile') {
      return { reasonCode: 'InvalidProfile', additionalInfo: 'only a TxProfile starts with it' }
    }
    if (wire.transactionId !== undefined) {
      return { reasonCode: 'InvalidProfile', additionalInfo: 'the transaction is yet to begin' }
    }
    return (
      objectionTo(this.#station, evse.id, wire) ?? phaseFault(false, wire) ?? this.#spaceFault(wire)
    )
  }

  /** A remote start was accepted at this EVSE, with a profile or without. */
  expect(evse: Evse, remoteStartId: number, wire: ChargingProfile2x | undefined): void {
    this.#expected.expect(evse, remoteStartId, wire)
    this.changed()
  }

  /** Gives a transaction priority or takes it [2.1 K21]; returns whether that changed anything. */
  prioritise(transactionId: string, on: boolean): boolean {
    const had = this.#priority.has(transactionId)
    if (on) this.#priority.add(transactionId)
    else this.#priority.delete(transactionId)
    if (had !== on) this.changed()
    return had !== on
  }

  /** A PriorityCharging profile counts at this EVSE now. */
  canPrioritise(evse: Evse): boolean {
    const stack = priorityStack(this.all, evse.id)
    const nowMs = this.#station.services.wireMs()
    return prevailing(stack, nowMs, nowMs).profile !== undefined
  }

  /** Which of the schedules of its TxProfiles the EV of a transaction follows [2.0.1 K15]. */
  follow(transactionId: string, choice: number): void {
    if (this.followed.choose(transactionId, choice)) this.changed()
  }

  /** How many schedules the EV at this EVSE may choose from. */
  choices(evse: Evse): number {
    const counts = this.all
      .filter(({ place, profile }) => place === evse.id && profile.purpose === 'TxProfile')
      .map(({ wire }) => wire?.chargingSchedule.length ?? 1)
    return Math.max(1, ...counts)
  }

  /** The schedule of that number of the TxProfile with the highest stackLevel at an EVSE. */
  scheduleOf(evse: Evse, choice: number): Schedule2x | undefined {
    const [top] = this.all
      .filter(({ place, profile }) => place === evse.id && profile.purpose === 'TxProfile')
      .sort((one, other) => other.profile.stackLevel - one.profile.stackLevel)
    const schedules = top?.wire?.chargingSchedule ?? []
    return schedules[Math.min(choice, schedules.length - 1)]
  }

  expectedAt(evse: Evse): ChargingProfile | undefined {
    const wire = this.#expected.at(evse)
    return wire && this.#read(wire)
  }

  hasPriority(transactionId: string): boolean {
    return this.#priority.has(transactionId)
  }

  /** Wire ms; undefined: the station is online. */
  get offlineSinceMs(): number | undefined {
    return this.#offlineSinceMs
  }

  /** Schedules in local time begin at other instants from now on [2.1 K01.FR.90]. */
  localTimeChanged(): void {
    const isLocal = ({ wire }: StoredProfile) =>
      wire?.chargingSchedule.some(({ useLocalTime }) => useLocalTime) ?? false
    if (!this.#memory?.all.some(isLocal)) return
    this.#memory.reread((known) =>
      known.wire && isLocal(known) ? { ...known, profile: this.#read(known.wire) } : known,
    )
    this.changed()
  }

  /** There is no connection from now on. */
  offline(): void {
    this.#offlineSinceMs ??= this.#station.services.wireMs()
    if (this.#mindsConnection) this.changed()
  }

  /** What outlived its maxOfflineDuration is gone for good where it says so [2.1 K01.FR.102]. */
  online(): void {
    if (this.#offlineSinceMs === undefined) return
    const offlineMs = this.#station.services.wireMs() - this.#offlineSinceMs
    this.#offlineSinceMs = undefined
    if (!this.#mindsConnection) return
    this.#memory?.remove(
      ({ wire, profile }) =>
        wire?.invalidAfterOfflineDuration === true && offlineMs > (profile.offlineMs ?? offlineMs),
    )
    this.changed()
  }

  /** Makes the outlets obey from now on; without any profile they know of no limits at all. */
  changed(): void {
    const { services } = this.#station
    const { evses } = services
    const clocks = {
      simulatedMs: () => services.clocks.simulated.monotonicMicros() / 1000,
      wireMs: () => services.wireMs(),
    }
    for (const evse of evses) evse.advance()
    limitedBy(this.bounds, evses, clocks).changed(clocks.simulatedMs())
  }

  /** Some profile counts only for so long without a connection. */
  get #mindsConnection(): boolean {
    return this.#memory?.all.some(({ profile }) => profile.offlineMs !== undefined) ?? false
  }

  get #memory(): ChargingProfileStore | undefined {
    return this.#station.services.memory.chargingProfiles
  }

  get #store(): ChargingProfileStore {
    const { memory } = this.#station.services
    memory.chargingProfiles ??= new ChargingProfileStore(hasSameId)
    return memory.chargingProfiles
  }

  /** [2.0.1 K01.FR.03, FR.09, FR.33] */
  #transactionFault(evseId: number, wire: ChargingProfile2x): ProfileFault | undefined {
    if (wire.chargingProfilePurpose !== 'TxProfile') return undefined
    if (wire.transactionId === undefined) {
      return { reasonCode: 'MissingParam', additionalInfo: 'a TxProfile needs transactionId' }
    }
    const session = this.#station.sessions.byTransaction(wire.transactionId)
    return session?.evse.id === evseId
      ? undefined
      : { reasonCode: 'TxNotFound', additionalInfo: `EVSE ${evseId} is in no such transaction` }
  }

  #spaceFault({ id }: ChargingProfile2x): ProfileFault | undefined {
    const row = this.#station.model.table.get('SmartChargingCtrlr.Entries[ChargingProfiles]')
    const others = this.all.filter(({ profile }) => profile.id !== id).length
    return others < (row?.spec.max ?? Number.POSITIVE_INFINITY)
      ? undefined
      : { reasonCode: 'OutOfStorage', additionalInfo: `there are ${others} profiles already` }
  }

  /** Gives profiles that came with a remote start to their transactions, and forgets what is over. */
  #settle(): void {
    const { sessions, services } = this.#station
    // Which transactions a loss of power interrupts for good is known when it is back.
    if (!services.powered) return
    for (const { evse, wire, transactionId } of this.#expected.begun()) {
      const told = { ...wire, transactionId }
      const profile = this.#read(told)
      this.#store.install({ place: evse.id, profile, wire: told, source: 'CSO' })
    }
    const isOver = (transactionId: string | undefined) =>
      transactionId === undefined || sessions.byTransaction(transactionId) === undefined
    this.#memory?.remove(
      ({ profile, wire }) => profile.purpose === 'TxProfile' && isOver(wire?.transactionId),
    )
    for (const transactionId of this.#priority) {
      if (isOver(transactionId)) this.#priority.delete(transactionId)
    }
  }

  #read(wire: ChargingProfile2x): ChargingProfile {
    const { services, model } = this.#station
    return readProfile2x(wire, services.wireMs(), { localMs: timeOffsetMs(model) })
  }
}
