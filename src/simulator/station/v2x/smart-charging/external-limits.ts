import type { ChargingProfile2x } from '../../../../ocpp/smart-charging/profile2x.ts'
import { isoTime } from '../../../../shared/clock.ts'
import type { StepResult } from '../../../steps/actor.ts'
import type { ExternalLimit } from '../../../steps/acts.ts'
import { done, failed, resultOf } from '../../step-result.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { chargingProfiles } from './charging-profiles.ts'
import { offeredW } from './composite.ts'

/** What others than the CSMS limit. */
export const externalLimits = new StationPart((station) => new ExternalLimits(station))

interface Message {
  readonly action: 'NotifyChargingLimit' | 'ClearedChargingLimit'
  readonly payload: object
}

const ctrlr = 'SmartChargingCtrlr'

/**
 * Limits of an energy management system or a grid operator: the station obeys and tells the CSMS,
 * when it is back where it is offline [2.0.1 K11-K14] [2.1 K27].
 */
class ExternalLimits {
  readonly #station: Station2x
  /** Profile ids by EVSE, source and kind; negative, so that no CSMS uses them [2.0.1 K11.FR.06]. */
  readonly #ids = new Map<string, number>()
  /** By the same: what the CSMS does not know yet. */
  readonly #untold = new Map<string, Message>()

  constructor(station: Station2x) {
    this.#station = station
  }

  async set(limit: ExternalLimit): Promise<StepResult> {
    const objection = this.#objection(limit)
    if (objection !== undefined) return failed(objection)
    const key = keyOf(limit)
    const id = this.#ids.get(key) ?? -1 - this.#ids.size
    this.#ids.set(key, id)
    const wire = this.#profile(id, limit)
    this.#change(() => chargingProfiles.of(this.#station).install(limit.evse, wire, limit.source))
    return this.#tell(key, { action: 'NotifyChargingLimit', payload: this.#notice(limit, wire) })
  }

  /** [2.0.1 K13] */
  async clear(evse: number, source: string): Promise<StepResult> {
    const profiles = chargingProfiles.of(this.#station)
    const known = profiles.all.filter((one) => one.place === evse && one.source === source)
    if (known.length === 0) return failed(`${source} limits nothing there`)
    this.#change(() => profiles.remove((one) => known.includes(one)))
    const payload = { chargingLimitSource: source, ...(evse !== 0 && { evseId: evse }) }
    this.#untold.delete(`${evse} ${source} generation`)
    return this.#tell(`${evse} ${source}`, { action: 'ClearedChargingLimit', payload })
  }

  /** The CSMS can be told again. */
  online(): void {
    for (const [key, message] of this.#untold) {
      this.#station.services.unattended(this.#tell(key, message))
    }
  }

  /** Boots: what is not stored persistently is forgotten [2.1 ChargingProfilePersistence]. */
  restored(): void {
    const { model } = this.#station
    const kept = (purpose: string) => model.flag(`${ctrlr}.ChargingProfilePersistence[${purpose}]`)
    chargingProfiles
      .of(this.#station)
      .remove(({ profile, source }) => source !== 'CSO' && !kept(profile.purpose))
  }

  #objection({ evse, generation }: ExternalLimit): string | undefined {
    const { model, services, version } = this.#station
    if (!services.powered) return 'the station has no power'
    if (evse !== 0 && !services.evse(evse)) return `there is no EVSE ${evse}`
    if (!model.flag(`${ctrlr}.ExternalControlSignalsEnabled`)) {
      return 'ExternalControlSignalsEnabled is false'
    }
    if (model.flag(`${ctrlr}.ExternalConstraintsProfileDisallowed`)) {
      return 'ExternalConstraintsProfileDisallowed is true'
    }
    return generation && version !== 'ocpp2.1' ? 'only 2.1 knows local generation' : undefined
  }

  #profile(id: number, { watts, generation }: ExternalLimit): ChargingProfile2x {
    return {
      id,
      stackLevel: 0,
      chargingProfilePurpose: generation ? 'LocalGeneration' : 'ChargingStationExternalConstraints',
      chargingProfileKind: 'Absolute',
      chargingSchedule: [
        {
          id: 1,
          startSchedule: isoTime(this.#station.services.wireMs()),
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: watts }],
        },
      ],
    }
  }

  #notice(limit: ExternalLimit, { chargingSchedule }: ChargingProfile2x): object {
    const { evse, source, gridCritical, generation } = limit
    const withSchedules = this.#station.model.flag(`${ctrlr}.NotifyChargingLimitWithSchedules`)
    return {
      ...(evse !== 0 && { evseId: evse }),
      chargingLimit: {
        chargingLimitSource: source,
        isGridCritical: gridCritical,
        ...(generation && { isLocalGeneration: true }),
      },
      ...(withSchedules && { chargingSchedule }),
    }
  }

  /** Whose offer changes by LimitChangeSignificance or more tells it [2.0.1 K11.FR.04, K13.FR.03]. */
  #change(act: () => void): void {
    const { sessions, model } = this.#station
    const before = sessions.open.map((session) => offeredW(this.#station, session.evse))
    act()
    const significance = model.integer(`${ctrlr}.LimitChangeSignificance`) / 100
    sessions.open.forEach((session, at) => {
      const was = before[at] ?? 0
      const change = Math.abs(offeredW(this.#station, session.evse) - was)
      if (change === 0 || change < significance * was) return
      session.occur({ change: {}, trigger: 'ChargingRateChanged' })
    })
  }

  async #tell(key: string, message: Message): Promise<StepResult> {
    this.#untold.set(key, message)
    const { action, payload } = message
    const outcome = await this.#station.services.request(action, payload)
    const lost = outcome.kind === 'unsent' || outcome.kind === 'lost'
    if (!lost && this.#untold.get(key) === message) this.#untold.delete(key)
    return lost ? done : resultOf(action, outcome)
  }
}

function keyOf({ evse, source, generation }: ExternalLimit): string {
  return generation ? `${evse} ${source} generation` : `${evse} ${source}`
}
