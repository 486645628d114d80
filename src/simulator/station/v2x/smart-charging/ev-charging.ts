import type {
  NotifyEVChargingNeedsResponse,
  NotifyEVChargingScheduleRequest,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { isoTime } from '../../../../shared/clock.ts'
import type { EvNeeds, EvPlan } from '../../../scenario/plan.ts'
import type { StepResult } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import { done, failed, resultOf } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { compositeOf } from './composite.ts'
import { needsRequest, wantedWh } from './ev-needs.ts'
import { type EvSchedule, evSchedule } from './ev-schedule.ts'

/** EVs that speak ISO 15118 with a station. */
export const evCharging = new StationPart((station) => new EvCharging(station))

/** One EV in one transaction. */
interface Negotiation {
  readonly transactionId: string
  readonly ev: EvPlan
  readonly needs: EvNeeds
  /** Wire ms; undefined: it stays. */
  readonly departsMs: number | undefined
  /** The CSMS answered; until then there is nothing to plan. */
  answered: boolean
}

/** How far an EV plans that does not say when it leaves, s. */
const dayS = 86_400

/**
 * What EVs with ISO 15118 need and how they mean to get it, told to the CSMS; nothing of it goes
 * over any wire between EV and EVSE [2.0.1 K15-K17] [2.1 K18-K20].
 */
class EvCharging {
  readonly #station: Station2x
  /** By EVSE. */
  readonly #negotiations = new Map<number, Negotiation>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /** Tells what the EV needs as soon as the CSMS knows of its transaction, once. */
  begin(evse: Evse): void {
    const { ev } = evse
    if (!ev?.needs) return
    const transactionId = this.#transactionAt(evse)
    if (transactionId === undefined) return
    if (this.#negotiations.get(evse.id)?.transactionId === transactionId) return
    this.#station.services.unattended(this.#tell(evse, ev, ev.needs, transactionId))
  }

  /** The EV needs something else from now on [2.0.1 K17]. */
  async change(evse: Evse, needs: EvNeeds): Promise<StepResult> {
    const transactionId = this.#transactionAt(evse)
    if (!evse.ev || transactionId === undefined) return failed('no EV charges there')
    return this.#tell(evse, evse.ev, needs, transactionId)
  }

  /** The EV at an EVSE told its phases apart: it takes limits for each. */
  tellsPhases(evseId: number): boolean {
    const negotiation = this.#negotiations.get(evseId)
    const evse = this.#station.services.evse(evseId)
    if (!negotiation || !evse || !this.#goesOn(evse, negotiation)) return false
    const { control, byPhase } = negotiation.needs
    return byPhase === true && control !== undefined && this.#station.version === 'ocpp2.1'
  }

  /** What they may draw is another: they plan anew [2.0.1 K16]. */
  limitsChanged(): void {
    this.#planAnew([...this.#negotiations])
  }

  /** Likewise; in dynamic control, where values come all the time, there is nothing to plan [2.1 K16.FR.02]. */
  scheduleChanged(): void {
    this.#planAnew([...this.#negotiations].filter(([, { needs }]) => needs.control !== 'dynamic'))
  }

  #planAnew(negotiations: readonly (readonly [evseId: number, negotiation: Negotiation])[]): void {
    for (const [evseId, negotiation] of negotiations) {
      const evse = this.#station.services.evse(evseId)
      if (!evse || !this.#goesOn(evse, negotiation) || !negotiation.answered) continue
      this.#station.services.unattended(this.#tellSchedule(evse, negotiation))
    }
  }

  #transactionAt(evse: Evse): string | undefined {
    const { sessions } = this.#station
    if (!sessions.isOpen(evse) || !sessions.of(evse).authorized) return undefined
    return sessions.of(evse).transactionId
  }

  #goesOn(evse: Evse, { transactionId }: Negotiation): boolean {
    const goesOn = this.#transactionAt(evse) === transactionId
    if (!goesOn) this.#negotiations.delete(evse.id)
    return goesOn
  }

  async #tell(evse: Evse, ev: EvPlan, needs: EvNeeds, transactionId: string): Promise<StepResult> {
    const { services } = this.#station
    const { departureMs } = needs
    const departsMs = departureMs === undefined ? undefined : services.wireMs() + departureMs
    const negotiation: Negotiation = { transactionId, ev, needs, departsMs, answered: false }
    this.#negotiations.set(evse.id, negotiation)
    evse.advance()
    const request = needsRequest(this.#station, evse, ev, needs)
    const outcome = await services.request('NotifyEVChargingNeeds', request)
    if (outcome.kind === 'unsent' || outcome.kind === 'lost') {
      // Told when the CSMS answers a message of the transaction again.
      this.#negotiations.delete(evse.id)
      return done
    }
    if (outcome.kind === 'result') {
      negotiation.answered = true
      this.#answered(evse, negotiation, outcome.payload as NotifyEVChargingNeedsResponse)
    }
    return resultOf('NotifyEVChargingNeeds', outcome)
  }

  /** Where no profile will follow, the EV plans with what holds [2.0.1 K15.FR.04]. */
  #answered(evse: Evse, negotiation: Negotiation, { status }: NotifyEVChargingNeedsResponse): void {
    const { services, version } = this.#station
    if (!this.#goesOn(evse, negotiation)) return
    const is20 = version === 'ocpp2.1' && negotiation.needs.control !== undefined
    if (status === 'Rejected' && is20) {
      // What the EV asked for it may not have [2.1 K18.FR.23, K19.FR.16].
      const stop = { cause: 'other', reason: 'ReqEnergyTransferRejected' } as const
      services.unattended(services.stopEnergy(evse, stop))
    } else if (status === 'Rejected' || status === 'NoChargingProfile') {
      services.unattended(this.#tellSchedule(evse, negotiation))
    }
  }

  /** [2.0.1 K15.FR.10, K16.FR.05, K17.FR.10] */
  async #tellSchedule(evse: Evse, negotiation: Negotiation): Promise<void> {
    const { services } = this.#station
    evse.advance()
    const fromMs = Math.floor(services.wireMs() / 1000) * 1000
    const plan = this.#bestPlan(evse, negotiation, fromMs)
    chargingProfiles.of(this.#station).follow(negotiation.transactionId, plan.choice)
    await services.request('NotifyEVChargingSchedule', this.#notice(evse, plan, fromMs))
  }

  /** Of the schedules it is offered the first that brings what it wants, else that brings most. */
  #bestPlan(evse: Evse, negotiation: Negotiation, fromMs: number): Plan {
    const { ev, needs, departsMs } = negotiation
    const seconds =
      departsMs === undefined ? dayS : Math.max(1, Math.floor((departsMs - fromMs) / 1000))
    const most = { watts: ev.maxPowerW, energyWh: wantedWh(evse, ev, needs) }
    let best: Plan | undefined
    for (let choice = 0; choice < chargingProfiles.of(this.#station).choices(evse); choice += 1) {
      const question = { unit: 'W', fromMs, seconds, choice } as const
      const offer = compositeOf(this.#station, evse, question).periods
      const plan = { ...evSchedule(offer, seconds, most), choice, seconds }
      if (!best || (best.energyWh < most.energyWh && plan.energyWh > best.energyWh)) best = plan
    }
    return best ?? { periods: [], energyWh: 0, choice: 0, seconds }
  }

  #notice(evse: Evse, plan: Plan, fromMs: number): NotifyEVChargingScheduleRequest {
    const { version } = this.#station
    const schedule = chargingProfiles.of(this.#station).scheduleOf(evse, plan.choice)
    const id = schedule?.id ?? 1
    return {
      timeBase: isoTime(fromMs),
      evseId: evse.id,
      chargingSchedule: {
        id,
        duration: plan.seconds,
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [
          ...plan.periods,
        ] as NotifyEVChargingScheduleRequest['chargingSchedule']['chargingSchedulePeriod'],
      },
      ...(version === 'ocpp2.1' && schedule && { selectedChargingScheduleId: id }),
    }
  }
}

interface Plan extends EvSchedule {
  readonly choice: number
  readonly seconds: number
}
