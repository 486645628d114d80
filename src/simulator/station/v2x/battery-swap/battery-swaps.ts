import type { BatteryDataType, BatterySwapEventEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { CancelTimer } from '../../../../shared/clock.ts'
import type { IdToken, StepResult } from '../../../steps/actor.ts'
import type { BatterySwap, SwapBattery } from '../../../steps/acts.ts'
import type { Evse } from '../../evse.ts'
import { Notices } from '../../notices.ts'
import { done, failed } from '../../step-result.ts'
import { authorizers } from '../authorization/authorizer.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { wireToken } from '../transactions/transaction-event.ts'

/** Who may swap, and what the messages of his swap are told apart by. */
interface Swapper {
  readonly requestId: number
  readonly token: IdToken
}

/** A battery that came by a swap; one that was there before is new. */
interface Cartridge {
  readonly serialNumber: string
  /** 0 to 1. */
  readonly soh: number
}

/** What a charge up to here counts as, 0 to 1: meters are no finer. */
const socDust = 1e-6

/**
 * The slots of a battery swap station: each is an EVSE, a battery in it an EV that charges in a
 * transaction of its own; the swap itself is told by BatterySwap [2.1 S01-S04].
 */
class BatterySwaps {
  readonly #station: Station2x
  readonly #notices: Notices
  /** By EVSE. */
  readonly #cartridges = new Map<number, Cartridge>()
  /** The CSMS let somebody swap who has not come yet [2.1 S02]. */
  #requested: Swapper | undefined
  #waiting: CancelTimer | undefined
  #swaps = 0
  #batteries = 0

  constructor(station: Station2x) {
    this.#station = station
    this.#notices = new Notices(station.services)
  }

  /** The CSMS lets somebody swap. @returns a reason code where he cannot [2.1 S02.FR.04] */
  request(swapper: Swapper): string | undefined {
    const { services, model } = this.#station
    if (!isSwapStation(this.#station)) return 'UnsupportedRequest'
    if (this.#requested) return 'Busy'
    if (this.#charged().length === 0) return 'NoBatteryAvailable'
    this.#requested = swapper
    const waitMs = model.integer('BatterySwapCtrlr.Timeout[In]') * 1000
    if (waitMs > 0) {
      this.#waiting = services.clocks.simulated.after(waitMs, () => this.#forgetRequest())
    }
    return undefined
  }

  /** A driver is there with his batteries. */
  async swap(swap: BatterySwap): Promise<StepResult> {
    const { services, model } = this.#station
    if (!services.powered) return failed('the station has no power')
    const obstacle = this.#obstacle(swap)
    if (obstacle !== undefined) return failed(obstacle)
    const swapper = await this.#swapper(swap.token)
    if ('ok' in swapper) return swapper
    const outFirst = model.text('BatterySwapCtrlr.SwapOrder') === 'Out-In'
    const out =
      swap.out ??
      this.#charged()
        .slice(0, swap.batteries.length)
        .map(({ id }) => id)
    if (!outFirst) await this.#putIn(swapper, swap.batteries)
    await (swap.collect ? this.#takeOut(swapper, out) : this.#offer(swapper, out))
    if (outFirst) await this.#putIn(swapper, swap.batteries)
    return done
  }

  /** A battery stops at MaxSoc [2.1 S04.FR.06]. */
  charging(evse: Evse): void {
    const { services, model } = this.#station
    const most = model.integer('BatterySwapCtrlr.MaxSoc') / 100
    if (most >= 1 || most <= 0) return
    const transactionId = this.#station.sessions.of(evse).transactionId
    const stop = async (): Promise<void> => {
      await services.charged(evse, { untilSoc: most })
      const same = this.#station.sessions.of(evse).transactionId === transactionId
      const full = (evse.outlet.soc ?? 0) >= most - socDust
      if (same && full && evse.energized) await services.suspendEnergy(evse, true)
    }
    services.unattended(stop())
  }

  /** State of health in percent; undefined: the slot is empty. */
  sohAt(evse: Evse): number | undefined {
    if (!evse.outlet.pluggedIn) return undefined
    return Math.round((this.#cartridges.get(evse.id)?.soh ?? 1) * 1000) / 10
  }

  /** The CSMS is in reach again. */
  resume(): void {
    this.#notices.resume()
  }

  /** Power is cut, or the run is over: nobody remembers who was to come. */
  suspend(): void {
    this.#forgetRequest()
  }

  #forgetRequest(): void {
    this.#waiting?.()
    this.#waiting = undefined
    this.#requested = undefined
  }

  #obstacle({ batteries, out }: BatterySwap): string | undefined {
    const { services } = this.#station
    if (!isSwapStation(this.#station)) return 'the station has no slots for batteries'
    for (const { evse: id } of batteries) {
      const evse = services.evse(id)
      if (!evse || !isSlot(evse)) return `EVSE ${id} is no slot for batteries`
      if (evse.outlet.pluggedIn && !out?.includes(id)) return `there is a battery in slot ${id}`
    }
    for (const id of out ?? []) {
      if (!services.evse(id)?.outlet.pluggedIn) return `there is no battery in slot ${id}`
    }
    const enough = out !== undefined || this.#charged().length >= batteries.length
    return enough ? undefined : 'there are not enough charged batteries'
  }

  /** Who was let in by the CSMS, else whoever the CSMS authorises now [2.1 S01, S02.FR.02]. */
  async #swapper(token: IdToken | undefined): Promise<Swapper | StepResult> {
    const { services } = this.#station
    const requested = this.#requested
    if (requested && (token === undefined || token.idToken === requested.token.idToken)) {
      this.#forgetRequest()
      return requested
    }
    const [anyEvse] = services.evses
    const shown = token ?? services.ownToken
    const answer = anyEvse && (await authorizers.of(this.#station).ask(anyEvse, shown))
    if (answer && !answer.ok) return answer
    this.#swaps += 1
    return { requestId: this.#swaps, token: shown }
  }

  /** [2.1 S03.FR.01-FR.03] */
  async #putIn(swapper: Swapper, batteries: readonly SwapBattery[]): Promise<void> {
    const { services, model } = this.#station
    const idToken = model.text('BatterySwapCtrlr.IdToken')
    const type = idToken === '' ? 'NoAuthorization' : 'Central'
    for (const { evse: id, ev, soh } of batteries) {
      const evse = services.evse(id)
      if (!evse) continue
      this.#batteries += 1
      this.#cartridges.set(id, { serialNumber: `${services.id}-${this.#batteries}`, soh })
      const activity = services.activity(evse)
      await activity.plugIn(1, ev)
      await activity.authorize(1, { idToken, type })
      await activity.start(1)
    }
    await this.#tell(
      'BatteryIn',
      swapper,
      batteries.map(({ evse }) => evse),
    )
  }

  /** [2.1 S03.FR.04, FR.05] */
  async #takeOut(swapper: Swapper, out: readonly number[]): Promise<void> {
    const { services } = this.#station
    const told = out.map((id) => this.#data(id))
    for (const id of out) {
      const evse = services.evse(id)
      if (evse) await services.activity(evse).unplug()
      this.#cartridges.delete(id)
    }
    await this.#tell('BatteryOut', swapper, out, told)
  }

  /** Nobody takes them in time: they stay [2.1 S03.FR.06]. */
  async #offer(swapper: Swapper, out: readonly number[]): Promise<void> {
    const { services, model } = this.#station
    const waitMs = model.integer('BatterySwapCtrlr.Timeout[Out]') * 1000
    await new Promise<void>((resolve) => {
      services.clocks.simulated.after(waitMs, resolve)
    })
    await this.#tell('BatteryOutTimeout', swapper, out)
  }

  #tell(
    eventType: BatterySwapEventEnumType,
    { requestId, token }: Swapper,
    slots: readonly number[],
    batteryData: readonly BatteryDataType[] = slots.map((id) => this.#data(id)),
  ): Promise<void> {
    const idToken = wireToken(token)
    return this.#notices.add('BatterySwap', { eventType, requestId, idToken, batteryData })
  }

  #data(id: number): BatteryDataType {
    const evse = this.#station.services.evse(id)
    evse?.advance()
    const { serialNumber, soh } = this.#cartridges.get(id) ?? {
      serialNumber: `${this.#station.services.id}-slot-${id}`,
      soh: 1,
    }
    return {
      evseId: id,
      serialNumber,
      soC: Math.round((evse?.outlet.soc ?? 0) * 1000) / 10,
      soH: Math.round(soh * 1000) / 10,
    }
  }

  /** Slots whose batteries may be taken, the fullest first [2.1 S04.FR.05]. */
  #charged(): readonly Evse[] {
    const { services, model } = this.#station
    const target = model.integer('BatterySwapCtrlr.TargetSoC') / 100
    for (const evse of services.evses) evse.advance()
    const soc = ({ outlet }: Evse) => outlet.soc ?? 0
    return services.evses
      .filter((evse) => isSlot(evse) && evse.outlet.pluggedIn && soc(evse) >= target - socDust)
      .sort((one, other) => soc(other) - soc(one))
  }
}

export const batterySwaps = new StationPart((station) => new BatterySwaps(station))

/** [2.1 Part 2 appendix: ConnectorEnumType] */
const slotType = /BatterySlot$/i

export function isSlot({ plan }: Evse): boolean {
  return plan.connectors.some((type) => slotType.test(type))
}

export function isSwapStation({ services, version }: Station2x): boolean {
  return version === 'ocpp2.1' && services.evses.some(isSlot)
}
