import { type Limit, tighter, unlimited } from '../../ocpp/smart-charging/limit.ts'
import type { Bound } from '../../ocpp/smart-charging/stack.ts'
import type { Phase } from '../physics/phases.ts'
import { shares } from '../physics/power-sharing.ts'
import type { Evse, Limiter } from './evse.ts'
import { orderedByGrid, reactiveAt } from './grid-orders.ts'

/** What the charging profiles of a version's behaviour allow; instants on the wire clock. */
export interface LimitSource {
  /** For this EVSE alone. */
  evseBound(evse: Evse, wireMs: number): Bound
  /** For all EVSEs together. */
  stationBound(wireMs: number): Bound
  /** The number of phases may change while energy flows. */
  readonly switchesPhases: boolean
}

/** Where nothing but the grid limits. */
export const noProfiles: LimitSource = {
  evseBound: () => ({ limit: unlimited, untilMs: Number.POSITIVE_INFINITY }),
  stationBound: () => ({ limit: unlimited, untilMs: Number.POSITIVE_INFINITY }),
  switchesPhases: true,
}

/** A wire clock that is off by more was set meanwhile; less is drift. */
const clockWasSetMs = 500

/** The two clocks of a station, ms. */
export interface StationClocks {
  simulatedMs(): number
  wireMs(): number
}

/**
 * The limits of one station's outlets, kept right at every instant: time passes through each change
 * of a profile, however late or seldom somebody looks, and a limit of the station is divided among
 * those who charge, first come, first served where it is too little for all [1.6 3.13.3].
 */
export class PowerLimits implements Limiter {
  readonly #evses: readonly Evse[]
  readonly #clocks: StationClocks
  #source: LimitSource
  /** Those that would take energy, in the order in which they came. */
  #charging: readonly Evse[] = []
  /** Those whose EVs send energy back. */
  #giving: readonly Evse[] = []
  /** By EVSE id: the phases with which its contactor closed. */
  readonly #phases: (Phase | undefined)[] = []
  /** Wire ms. */
  #nextMs = Number.POSITIVE_INFINITY
  /** Wire minus simulated ms. */
  #aheadMs: number
  #announced = false

  constructor(evses: readonly Evse[], clocks: StationClocks, source: LimitSource) {
    this.#evses = evses
    this.#clocks = clocks
    this.#source = source
    this.#aheadMs = clocks.wireMs() - clocks.simulatedMs()
    for (const evse of evses) {
      if (evse.outlet.pathClosed) this.#phases[evse.id] = evse.outlet.phases
    }
  }

  /** From now on these profiles count; `changed` makes the outlets obey. */
  follow(source: LimitSource): void {
    this.#source = source
  }

  get msToChange(): number | undefined {
    return this.#nextMs === Number.POSITIVE_INFINITY
      ? undefined
      : Math.max(0, this.#nextMs - this.#aheadMs - this.#clocks.simulatedMs())
  }

  advance(nowMs: number): void {
    if (this.#clockWasSet(nowMs)) this.#apply(nowMs)
    while (this.#nextMs <= nowMs + this.#aheadMs && this.#alive) {
      this.#apply(this.#nextMs - this.#aheadMs, this.#nextMs)
    }
    for (const { outlet } of this.#evses) outlet.advanceTo(nowMs)
    if (this.#nextMs <= nowMs + this.#aheadMs || this.#demandChanged) this.#apply(nowMs)
  }

  changed(nowMs: number): void {
    this.#clockWasSet(nowMs)
    this.#apply(nowMs)
  }

  /**
   * Follows a wire clock that was set. The clocks are read one after the other, and at a high speed
   * much time lies between: what that explains is no difference.
   *
   * @param nowMs read before
   */
  #clockWasSet(nowMs: number): boolean {
    const wireMs = this.#clocks.wireMs()
    const [least, most] = [wireMs - this.#clocks.simulatedMs(), wireMs - nowMs]
    const right = this.#aheadMs >= least - clockWasSetMs && this.#aheadMs <= most + clockWasSetMs
    if (!right) this.#aheadMs = most
    return !right
  }

  get #demandChanged(): boolean {
    return this.#evses.some(
      (evse) =>
        evse.outlet.demanding !== this.#charging.includes(evse) ||
        evse.outlet.powerW < 0 !== this.#giving.includes(evse),
    )
  }

  /** Energy flows, or might when a limit changes. */
  get #alive(): boolean {
    return this.#charging.length > 0 || this.#evses.some(({ outlet }) => outlet.givesBack)
  }

  /**
   * Lets time pass to an instant and sets the limits that hold from then.
   *
   * @param wireMs the same instant; exactly that of a change, whatever the sum is rounded to
   */
  #apply(nowMs: number, wireMs: number = nowMs + this.#aheadMs): void {
    for (const { outlet } of this.#evses) outlet.advanceTo(nowMs)
    const newcomers = this.#evses.filter((evse) => !this.#charging.includes(evse))
    this.#charging = [...this.#charging, ...newcomers].filter(({ outlet }) => outlet.demanding)
    const station = this.#source.stationBound(wireMs)
    this.#nextMs = station.untilMs
    const limits = new Map<Evse, Limit>()
    const untilSoc = new Map<Evse, number>()
    for (const evse of this.#evses) {
      const own = this.#source.evseBound(evse, wireMs)
      if (evse.outlet.pathClosed) this.#nextMs = Math.min(this.#nextMs, own.untilMs)
      if (own.untilSoc !== undefined) untilSoc.set(evse, own.untilSoc)
      const { phases } = station.limit
      limits.set(
        evse,
        this.#onPhases(evse, phases < own.limit.phases ? { ...own.limit, phases } : own.limit),
      )
    }
    const { totalW, backW } = orderedByGrid(this.#evses[0]?.grid, limits)
    this.#share(tighter(station.limit, { ...unlimited, watts: totalW }), limits)
    for (const [evse, limit] of limits) {
      evse.outlet.setLimit(limit, backW.get(evse))
      if (evse.grid) evse.outlet.setReactive(reactiveAt(evse.grid, evse, limit))
      evse.obey(limit.order)
    }
    this.#giving = this.#evses.filter(({ outlet }) => outlet.powerW < 0)
    for (const [{ outlet }, soc] of untilSoc) {
      const inMs = outlet.millisUntil({ soc })
      if (inMs !== undefined) this.#nextMs = Math.min(this.#nextMs, wireMs + Math.max(1, inMs))
    }
    this.#announce()
  }

  /**
   * Without ConnectorSwitch3to1PhaseSupported the phases stay as they were when the contactor closed
   * [1.6 9.4.4]; what fewer phases would have let through is still not exceeded.
   */
  #onPhases({ id, plan, outlet }: Evse, limit: Limit): Limit {
    if (this.#source.switchesPhases || plan.current === 'DC') return limit
    if (!outlet.pathClosed) {
      this.#phases[id] = undefined
      return limit
    }
    const phases = (this.#phases[id] ??= limit.phases)
    const watts = Math.min(limit.watts, limit.amps * limit.phases * outlet.voltageV)
    return phases > limit.phases ? { ...limit, phases, watts } : { ...limit, phases }
  }

  /** Divides what the station may draw: watts in all, amperes on each phase in all. */
  #share(total: Limit, limits: Map<Evse, Limit>): void {
    if (total.watts < Number.POSITIVE_INFINITY) {
      this.#divide(total.watts, limits, () => 1, 'watts')
    }
    if (total.amps < Number.POSITIVE_INFINITY) {
      const perAmpW = ({ outlet }: Evse, limit: Limit) =>
        outlet.phasesUnder(limit) * outlet.voltageV
      this.#divide(total.amps, limits, perAmpW, 'amps')
    }
  }

  #divide(
    total: number,
    limits: Map<Evse, Limit>,
    unitW: (evse: Evse, limit: Limit) => number,
    field: 'watts' | 'amps',
  ): void {
    const claims = this.#charging.flatMap((evse) => {
      const limit = limits.get(evse)
      if (!limit) return []
      const watts = unitW(evse, limit)
      const least = evse.outlet.leastW(limit) / watts
      const offer = evse.outlet.offerW(limit) / watts
      // Also an EV that draws less must be offered what a control pilot can say.
      const most = offer > 0 ? Math.max(offer, least) : 0
      return [{ evse, limit, most, least }]
    })
    shares(total, claims).forEach((share, at) => {
      const claim = claims[at]
      if (!claim) return
      const { evse, limit } = claim
      limits.set(evse, tighter(limit, { ...limit, [field]: share }))
    })
  }

  /** Afterwards: whoever acts at an EVSE just now finishes first. */
  #announce(): void {
    if (this.#announced) return
    this.#announced = true
    void Promise.resolve().then(() => {
      this.#announced = false
      for (const evse of this.#evses) evse.onLimit?.()
    })
  }
}

/** The limits of a station's outlets, by these profiles and whatever limits them already. */
export function limitedBy(
  source: LimitSource,
  evses: readonly Evse[],
  clocks: StationClocks,
): PowerLimits {
  const [first] = evses
  const limits =
    first?.limiter instanceof PowerLimits ? first.limiter : new PowerLimits(evses, clocks, source)
  limits.follow(source)
  for (const evse of evses) evse.limiter = limits
  return limits
}
