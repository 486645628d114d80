import type { StationServices } from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import { MainMeter } from '../meter/main-meter.ts'
import type { Measured, Registers } from '../meter/measured.ts'
import type { Configuration } from './configuration.ts'
import { type MeterValue, type Reading, type ReadingContext, sample } from './measurands.ts'

/** The keys that list measurands [1.6 9.1.15-9.1.27]. */
export type ListKey =
  | 'MeterValuesAlignedData'
  | 'MeterValuesSampledData'
  | 'StopTxnAlignedData'
  | 'StopTxnSampledData'

/** Lists whose first interval is what is left of it when a transaction begins [1.6 9.1.5]. */
const transactional: readonly ListKey[] = [
  'MeterValuesSampledData',
  'StopTxnSampledData',
  'StopTxnAlignedData',
]

interface Mark extends Registers {
  readonly timestamp: string
}

/**
 * Takes the readings of one station's meters. Remembers where an interval began only for lists with
 * interval measurands; most stations have none.
 */
export class MeterReadings {
  readonly #station: StationServices
  readonly #configuration: Configuration
  /** By place and list. */
  #marks: Map<string, Mark> | undefined
  #mainMeter: MainMeter | undefined

  constructor(station: StationServices, configuration: Configuration) {
    this.#station = station
    this.#configuration = configuration
  }

  /** A transaction begins on an EVSE that is up to date: intervals count from here. */
  begin(evse: Evse): void {
    for (const list of transactional) this.#mark(evse.id, list, evse.outlet)
  }

  /** Meter values of an EVSE that is up to date, in the order of their time stamps. */
  take(evse: Evse, list: ListKey, context: ReadingContext): readonly MeterValue[] {
    return this.#take(evse.id, evse.outlet, list, context)
  }

  /** The same of the main meter, connector 0; no EVSE needs to be up to date. */
  takeMain(list: ListKey, context: ReadingContext): readonly MeterValue[] {
    this.#mainMeter ??= new MainMeter(this.#station.evses)
    this.#mainMeter.advance()
    return this.#take(0, this.#mainMeter, list, context)
  }

  #take(
    place: number,
    at: Measured,
    list: ListKey,
    context: ReadingContext,
  ): readonly MeterValue[] {
    const readings = this.#configuration.readings(list)
    const timestamp = this.#station.wireTime()
    const since = this.#marks?.get(`${place} ${list}`)
    const values: MeterValue[] = []
    // What an interval of the clock brought bears the time of its beginning [1.6 9.1.5].
    const clock = context === 'Sample.Clock' && readings.some(({ interval }) => interval)
    if (clock) {
      push(values, sample(at, only(readings, true), context, since?.timestamp ?? timestamp, since))
      push(values, sample(at, only(readings, false), context, timestamp))
    } else {
      push(values, sample(at, readings, context, timestamp, since))
    }
    if (context === 'Sample.Clock' || context === 'Sample.Periodic') this.#mark(place, list, at)
    this.#sign(values, at, readings, context, timestamp)
    return values
  }

  #mark(place: number, list: ListKey, at: Measured): void {
    if (!this.#configuration.readings(list).some(({ interval }) => interval)) return
    this.#marks ??= new Map()
    const timestamp = this.#station.wireTime()
    const { importWh, exportWh, importVarh, exportVarh } = at
    const registers = { importWh, exportWh, importVarh, exportVarh }
    this.#marks.set(`${place} ${list}`, { ...registers, timestamp })
  }

  /** The opaque signed value beside the register at both ends of a transaction [1.6 7.43, 7.49]. */
  #sign(
    values: readonly MeterValue[],
    { importWh }: Measured,
    readings: readonly Reading[],
    context: ReadingContext,
    timestamp: string,
  ): void {
    const { signedData } = this.#station.template.meter ?? {}
    const last = values[values.length - 1]
    if (signedData === undefined || !last || !context.startsWith('Transaction.')) return
    if (!readings.some(({ measurand }) => measurand === 'Energy.Active.Import.Register')) return
    last.sampledValue.push({
      value: signedData
        .replace(/\{register\}/g, String(Math.round(importWh)))
        .replace(/\{time\}/g, timestamp),
      context,
      format: 'SignedData',
      measurand: 'Energy.Active.Import.Register',
    })
  }
}

function push(values: MeterValue[], value: MeterValue | undefined): void {
  if (value) values.push(value)
}

function only(readings: readonly Reading[], interval: boolean): readonly Reading[] {
  return readings.filter((reading) => reading.interval === interval)
}
