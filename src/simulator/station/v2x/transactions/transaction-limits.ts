import type { TransactionEventRequest, TransactionLimitType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { CancelTimer } from '../../../../shared/clock.ts'
import type { TransactionLimit } from '../../../steps/acts.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { type Told, withholdings } from './withholding.ts'

/** What a transaction is told when it got to a limit [2.1 E16]. */
const told = {
  maxCost: { trigger: 'CostLimitReached', reason: 'LocalOutOfCredit' },
  maxEnergy: { trigger: 'EnergyLimitReached', reason: 'EnergyLimitReached' },
  maxTime: { trigger: 'TimeLimitReached', reason: 'TimeLimitReached' },
  maxSoC: { trigger: 'SoCLimitReached', reason: 'SOCLimitReached' },
} as const satisfies Readonly<Record<keyof TransactionLimit, Told>>

const names = Object.keys(told) as (keyof TransactionLimit)[]

/** The limits of what goes on, or comes next, at one EVSE. */
interface Standing {
  readonly by: { driver?: TransactionLimit; csms?: TransactionLimit }
  timer: CancelTimer | undefined
  /** A newer watch makes an older one void. */
  watch: number
  cost: number
}

/**
 * Transactions that end their energy at a cost, an energy, a time or a state of charge: the driver's
 * limit or that of the CSMS, whichever is lower [2.1 E16]. A limit that is raised lets energy flow
 * again.
 */
class TransactionLimits {
  readonly #station: Station2x
  readonly #byEvse = new Map<Evse, Standing>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /** Before a transaction it is for the next one. Limits that TxCtrlr.SupportedLimits lacks go. */
  set(evse: Evse, by: 'driver' | 'csms', limit: TransactionLimit): void {
    const supported = this.#supported(limit)
    if (Object.keys(supported).length === 0) return
    const standing = this.#byEvse.get(evse) ?? { by: {}, timer: undefined, watch: 0, cost: 0 }
    this.#byEvse.set(evse, standing)
    // A CSMS may say the same with every answer.
    const before = standing.by[by]
    if (before && names.every((name) => (supported[name] ?? before[name]) === before[name])) return
    standing.by[by] = { ...before, ...supported }
    if (!this.#station.sessions.isOpen(evse)) return
    this.#station.sessions.of(evse).occur({ change: {}, trigger: 'LimitSet' })
    this.#arm(evse, standing)
  }

  /** Whoever wanted to charge does not: the next one has no limit. */
  forget(evse: Evse): void {
    const standing = this.#byEvse.get(evse)
    if (standing) disarm(standing)
    this.#byEvse.delete(evse)
  }

  /** What holds now; undefined: nothing limits this EVSE. */
  of(evse: Evse): TransactionLimitType | undefined {
    const standing = this.#byEvse.get(evse)
    return standing && lowest(standing)
  }

  /** Whoever counts the cost of a transaction tells what it came to. */
  cost(evse: Evse, cost: number): void {
    const standing = this.#byEvse.get(evse)
    if (!standing) return
    standing.cost = cost
    if (cost >= (lowest(standing).maxCost ?? Number.POSITIVE_INFINITY))
      this.#reached(evse, 'maxCost')
  }

  /** Tells the limit that was set, and watches it from the first event to the last. */
  telling(evse: Evse, event: TransactionEventRequest): void {
    const standing = this.#byEvse.get(evse)
    if (!standing) return
    const { eventType, triggerReason, transactionInfo } = event
    const begins = eventType === 'Started'
    if (begins || triggerReason === 'LimitSet') transactionInfo.transactionLimit = lowest(standing)
    if (begins || triggerReason === 'TxResumed') {
      // What a limit that is reached already tells comes after this event.
      this.#station.services.afterwards(() => this.#arm(evse, standing))
    }
    if (eventType === 'Ended') this.forget(evse)
  }

  /** Another EV, or the same one again: what it may still charge counts from now. */
  plugged(evse: Evse): void {
    const standing = this.#byEvse.get(evse)
    if (standing) this.#arm(evse, standing)
  }

  /** Power is cut, or the run is over: nothing is watched. */
  stop(): void {
    for (const standing of this.#byEvse.values()) disarm(standing)
  }

  #supported(limit: TransactionLimit): TransactionLimit {
    const { model } = this.#station
    const known = model.list('TxCtrlr.SupportedLimits')
    const kept: TransactionLimitType = {}
    for (const name of names) {
      const value = limit[name]
      if (value !== undefined && known.includes(name)) kept[name] = value
    }
    return kept
  }

  #arm(evse: Evse, standing: Standing): void {
    disarm(standing)
    if (!this.#station.sessions.isOpen(evse)) return
    const { services, sessions } = this.#station
    const limit = lowest(standing)
    const over = this.#exceeded(evse, standing, limit)
    if (over) {
      this.#reached(evse, over)
      return
    }
    withholdings.existing(this.#station)?.end(evse, 'limit')
    const { startedMs } = sessions.of(evse)
    if (limit.maxTime !== undefined && startedMs !== undefined) {
      const leftMs = startedMs + limit.maxTime * 1000 - services.wireMs()
      standing.timer = services.clocks.simulated.after(leftMs, () => this.#reached(evse, 'maxTime'))
    }
    if (limit.maxEnergy !== undefined || limit.maxSoC !== undefined) {
      services.unattended(this.#watch(evse, standing, limit))
    }
  }

  async #watch(evse: Evse, standing: Standing, limit: TransactionLimit): Promise<void> {
    const { watch } = standing
    const { maxEnergy, maxSoC } = limit
    const session = this.#station.sessions.of(evse)
    evse.advance()
    const charged = await this.#station.services.charged(evse, {
      ...(maxEnergy !== undefined && {
        untilEnergyWh: evse.outlet.sessionWh + maxEnergy - session.energyWh,
      }),
      ...(maxSoC !== undefined && { untilSoc: maxSoC / 100 }),
    })
    if (!charged.ok || standing.watch !== watch || !session.open) return
    const over = this.#exceeded(evse, standing, limit)
    if (over) this.#reached(evse, over)
  }

  #exceeded(
    evse: Evse,
    { cost }: Standing,
    { maxCost, maxEnergy, maxTime, maxSoC }: TransactionLimit,
  ): keyof TransactionLimit | undefined {
    const { services, sessions } = this.#station
    const session = sessions.of(evse)
    evse.advance()
    const { soc } = evse.outlet
    const ranMs = services.wireMs() - (session.startedMs ?? services.wireMs())
    // What no meter shows does not count: limits are met to the millisecond, not to the last bit.
    if (maxEnergy !== undefined && session.energyWh >= maxEnergy - 1e-3) return 'maxEnergy'
    if (maxSoC !== undefined && soc !== undefined && soc * 100 >= maxSoC - 1e-6) return 'maxSoC'
    if (maxTime !== undefined && ranMs >= maxTime * 1000) return 'maxTime'
    return maxCost !== undefined && cost >= maxCost ? 'maxCost' : undefined
  }

  #reached(evse: Evse, name: keyof TransactionLimit): void {
    const withholding = withholdings.of(this.#station)
    if (!this.#station.sessions.isOpen(evse) || withholding.holds(evse, 'limit')) return
    withholding.begin(evse, 'limit', told[name])
  }
}

function lowest({ by: { driver = {}, csms = {} } }: Standing): TransactionLimitType {
  const limit: TransactionLimitType = {}
  for (const name of names) {
    const least = Math.min(
      driver[name] ?? Number.POSITIVE_INFINITY,
      csms[name] ?? Number.POSITIVE_INFINITY,
    )
    if (least !== Number.POSITIVE_INFINITY) limit[name] = least
  }
  return limit
}

function disarm(standing: Standing): void {
  standing.timer?.()
  standing.timer = undefined
  standing.watch += 1
}

/** Those of a station; most never have one. */
export const transactionLimits = new StationPart((station) => new TransactionLimits(station))
