import type { TariffAssignmentType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Tariff } from '../../../../ocpp/tariff/tariff.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

interface DefaultTariff {
  readonly tariff: Tariff
  /** validFrom, or when it came [2.1 I07.FR.19]. */
  readonly sinceMs: number
}

/** Of one EVSE: the tariff that holds, and those that will. */
type Defaults = readonly DefaultTariff[]

/** What a driver's AuthorizeResponse brought [2.1 I08]. */
interface DriverTariff {
  readonly idToken: string
  readonly tariff: Tariff
}

/** [2.1 HandleFailedTariff] */
export type FailedTariff = 'Deauthorize' | 'UseDefaultTariff' | 'CentralCost'

/** Drivers whose tariffs are remembered; the one that came longest ago goes first. */
const mostDrivers = 1_000

/**
 * The tariffs of a station: defaults by EVSE, and those of drivers. They survive a reboot
 * [2.1 I07.FR.13]. What a transaction uses it keeps, whatever becomes of it here.
 */
class Tariffs {
  readonly #defaults = new Map<number, Defaults>()
  #drivers: readonly DriverTariff[] = []
  /** Of drivers whose last tariff could not be used, what to do instead. */
  readonly #failed = new Map<string, FailedTariff>()

  has(tariffId: string, nowMs: number): boolean {
    this.#review(nowMs)
    const isIt = (tariff: Tariff) => tariff.tariffId === tariffId
    if (this.#drivers.some(({ tariff }) => isIt(tariff))) return true
    return [...this.#defaults.values()].some((some) => some.some(({ tariff }) => isIt(tariff)))
  }

  /** [2.1 I07.FR.11, I07.FR.12] */
  install(evseId: number, tariff: Tariff, nowMs: number): void {
    const { validFrom } = tariff
    const sinceMs = validFrom === undefined ? nowMs : Date.parse(validFrom)
    this.#set(evseId, [...this.#defaultsAt(evseId, nowMs), { tariff, sinceMs }])
  }

  /** The default of an EVSE. */
  defaultAt(evseId: number, nowMs: number): Tariff | undefined {
    return this.#defaultsAt(evseId, nowMs).find(({ sinceMs }) => sinceMs <= nowMs)?.tariff
  }

  /** The last one counts. */
  receive(idToken: string, tariff: Tariff): void {
    this.#failed.delete(idToken)
    const others = this.#drivers.filter((driver) => driver.idToken !== idToken)
    this.#drivers = [...others, { idToken, tariff }].slice(-mostDrivers)
  }

  /** The driver's tariff cannot be used [2.1 I08.FR.30, HandleFailedTariff]. */
  fail(idToken: string, instead: FailedTariff): void {
    this.forget(idToken)
    this.#failed.delete(idToken)
    this.#failed.set(idToken, instead)
    const [oldest] = this.#failed.keys()
    if (this.#failed.size > mostDrivers && oldest !== undefined) this.#failed.delete(oldest)
  }

  /** Undefined: his last tariff could be used, or he had none. */
  failed(idToken: string): FailedTariff | undefined {
    return this.#failed.get(idToken)
  }

  /** The driver came for nothing, or his transaction is over [2.1 I08.FR.06]. */
  forget(idToken: string): void {
    this.#drivers = this.#drivers.filter((driver) => driver.idToken !== idToken)
  }

  driver(idToken: string): Tariff | undefined {
    return this.#drivers.find((driver) => driver.idToken === idToken)?.tariff
  }

  /** [2.1 I10.FR.01 to FR.03, FR.05, FR.06] */
  clear(
    tariffIds: readonly string[] | undefined,
    evseId: number | undefined,
    nowMs: number,
  ): readonly string[] {
    this.#review(nowMs)
    const cleared = new Set<string>()
    const keep = ({ tariffId }: Tariff): boolean => {
      if (tariffIds && !tariffIds.includes(tariffId)) return true
      cleared.add(tariffId)
      return false
    }
    for (const [at, some] of this.#defaults) {
      if (evseId !== undefined && evseId !== at) continue
      this.#set(
        at,
        some.filter(({ tariff }) => keep(tariff)),
      )
    }
    if (evseId === undefined) this.#drivers = this.#drivers.filter(({ tariff }) => keep(tariff))
    return [...cleared]
  }

  /**
   * [2.1 I09]
   * @param used EVSEs with a transaction that uses the tariff
   */
  assignments(
    evseIds: readonly number[],
    nowMs: number,
    used: (tariff: Tariff) => readonly number[],
  ): readonly TariffAssignmentType[] {
    const found = new Map<string, TariffAssignmentType & { evseIds: number[] }>()
    for (const evseId of evseIds) {
      for (const { tariff } of this.#defaultsAt(evseId, nowMs)) {
        const { tariffId, validFrom } = tariff
        const assignment = found.get(tariffId) ?? {
          tariffId,
          tariffKind: 'DefaultTariff',
          ...(validFrom !== undefined && { validFrom }),
          evseIds: [],
        }
        assignment.evseIds.push(evseId)
        found.set(tariffId, assignment)
      }
    }
    return [...found.values(), ...this.#ofDrivers(evseIds, used)]
  }

  #ofDrivers(
    evseIds: readonly number[],
    used: (tariff: Tariff) => readonly number[],
  ): TariffAssignmentType[] {
    const ids = new Map<string, { tariff: Tariff; idTokens: string[] }>()
    for (const { idToken, tariff } of this.#drivers) {
      const known = ids.get(tariff.tariffId) ?? { tariff, idTokens: [] }
      known.idTokens.push(idToken)
      ids.set(tariff.tariffId, known)
    }
    return [...ids.values()].map(({ tariff, idTokens }) => {
      const at = used(tariff).filter((evseId) => evseIds.includes(evseId))
      return {
        tariffId: tariff.tariffId,
        tariffKind: 'DriverTariff',
        idTokens,
        ...(at.length > 0 && { evseIds: [...at] }),
      }
    })
  }

  #review(nowMs: number): void {
    for (const evseId of this.#defaults.keys()) this.#defaultsAt(evseId, nowMs)
  }

  /** One that has become valid takes the place of those before it [2.1 I07.FR.20 to FR.23]. */
  #defaultsAt(evseId: number, nowMs: number): Defaults {
    const known = this.#defaults.get(evseId) ?? []
    let inForce: DefaultTariff | undefined
    for (const some of known) {
      if (some.sinceMs > nowMs) continue
      if (!inForce || some.sinceMs >= inForce.sinceMs) inForce = some
    }
    const left = known.filter((some) => some === inForce || some.sinceMs > nowMs)
    if (left.length < known.length) this.#set(evseId, left)
    return left
  }

  #set(evseId: number, some: Defaults): void {
    if (some.length > 0) this.#defaults.set(evseId, some)
    else this.#defaults.delete(evseId)
  }
}

/** Those of a station; most never get one. */
export const tariffs = new StationPart((_station: Station2x) => new Tariffs())
