import { type LogSpan, within } from '../../log-text.ts'
import { placedName } from '../provisioning/device-model/variable.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import type { Monitor } from './monitor.ts'

/** Made by the first periodic monitor that is due; survives reboots. */
export const collectedData = new StationPart((station) => new CollectedData(station))

/** The log is rolling. */
const mostSamples = 2000

/** What periodic monitors sampled, whether the CSMS heard of it or not [2.1 DataCollectorLog]. */
class CollectedData {
  readonly #station: Station2x
  readonly #samples: { readonly timestamp: string; readonly line: string }[] = []

  constructor(station: Station2x) {
    this.#station = station
  }

  add({ id, place }: Monitor, value: string): void {
    const timestamp = this.#station.services.wireTime()
    const line = `${timestamp} ${id} ${placedName(place.name, place.at)} ${value}`
    this.#samples.push({ timestamp, line })
    if (this.#samples.length > mostSamples) this.#samples.shift()
  }

  /** A line each: time, monitor, variable, value; undefined: there are none. */
  text(span: LogSpan): string | undefined {
    const samples = this.#samples.filter(({ timestamp }) => within(timestamp, span))
    return samples.length === 0 ? undefined : samples.map(({ line }) => `${line}\n`).join('')
  }
}
