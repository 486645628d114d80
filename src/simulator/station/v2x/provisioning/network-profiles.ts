import type { NetworkRoute } from '../../behaviour.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { networkSlots } from './network-rules.ts'

const [firstSlot = ''] = networkSlots
const priority = 'OCPPCommCtrlr.NetworkConfigurationPriority'

/**
 * Which connection profile a station uses, and which it tries next. Made when more than the first
 * slot matters: most stations only know the address that they came with.
 */
export const networkProfiles = new StationPart((station) => new NetworkProfiles(station))

/** Undefined: the station connects as its fleet says. */
export function profilesInUse(station: Station2x): NetworkProfiles | undefined {
  const known = networkProfiles.existing(station)
  if (known || station.model.text(priority) === firstSlot) return known
  return networkProfiles.of(station)
}

/** What a connection is made with, whatever is set later [2.1 B09 remark]. */
interface ProfileInUse {
  readonly route: NetworkRoute
  readonly securityProfile: number
  readonly callTimeoutMs: number
  readonly password: string | undefined
}

class NetworkProfiles {
  readonly #station: Station2x
  /** The slot that is connected, or tried now. */
  #slot: string
  /** Of the connection that was made last. */
  #connected: string | undefined
  #failures = 0
  /** Slots still to be tried before the station goes back to what worked last. */
  #untried: string[] | undefined
  #current: ProfileInUse | undefined

  constructor(station: Station2x) {
    this.#station = station
    this.#connected = station.services.registration === 'none' ? undefined : firstSlot
    this.#slot = this.#connected ?? this.#priority[0] ?? firstSlot
  }

  get slot(): string {
    return this.#slot
  }

  /** Undefined: as the fleet says. */
  get current(): ProfileInUse | undefined {
    return this.#current
  }

  /** What the attempt that is made now uses. */
  dial(): NetworkRoute | undefined {
    this.#current = this.#isOwn ? this.#profile() : undefined
    return this.#current?.route
  }

  /** The station boots: the first entry of the priority comes first [2.0.1 B10.FR.04]. */
  booted(): void {
    const [first = firstSlot, ...others] = this.#priority
    this.#slot = first
    this.#untried = others
    this.#failures = 0
  }

  /**
   * An attempt failed: after so many with one slot comes the next, and after all the one that worked
   * last [2.0.1 B10.FR.03, FR.07].
   */
  failed(): void {
    const { model } = this.#station
    this.#failures += 1
    if (this.#failures < model.integer('OCPPCommCtrlr.NetworkProfileConnectionAttempts')) return
    this.#failures = 0
    this.#untried ??= this.#priority.filter((slot) => slot !== this.#slot)
    const next = this.#untried.shift()
    if (next === undefined) this.#untried = undefined
    this.#slot = next ?? this.#connected ?? this.#slot
  }

  /** True: with another profile than before, so that the station registers anew [2.1 B10.FR.10]. */
  opened(): boolean {
    const moved = this.#connected !== undefined && this.#connected !== this.#slot
    this.#connected = this.#slot
    this.#failures = 0
    this.#untried = undefined
    // [2.1 B09.FR.28]
    const { password } = this.#current ?? {}
    if (password !== undefined) this.#station.model.set('SecurityCtrlr.BasicAuthPassword', password)
    return moved
  }

  /** SecurityCtrlr has a password of its own now: that of the slot counts no more [2.1 B09.FR.27]. */
  passwordReplaced(): void {
    this.#station.model.set(`NetworkConfiguration[${this.#slot}].BasicAuthPassword`, '')
    if (this.#current) this.#current = { ...this.#current, password: undefined }
  }

  #profile(): ProfileInUse {
    const id = this.#value('Identity') || this.#station.services.id
    const url = this.#value('OcppCsmsUrl').replace(/\/$/, '')
    return {
      route: { id, url: `${url}/${encodeURIComponent(id)}` },
      securityProfile: Number(this.#value('SecurityProfile')),
      callTimeoutMs: Number(this.#value('MessageTimeout')) * 1000,
      password: this.#value('BasicAuthPassword') || undefined,
    }
  }

  /** Something of the slot was set since the station came with it. */
  get #isOwn(): boolean {
    const url = `NetworkConfiguration[${this.#slot}].OcppCsmsUrl`
    return this.#slot !== firstSlot || this.#station.services.memory.value(url) !== undefined
  }

  #value(variable: string): string {
    return this.#station.model.text(`NetworkConfiguration[${this.#slot}].${variable}`)
  }

  get #priority(): readonly string[] {
    return this.#station.model.list(priority)
  }
}
