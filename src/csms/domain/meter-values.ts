/** One reported set of samples, as it stood on the wire. */
export interface LoggedMeterValue {
  readonly evseId: number | undefined
  readonly connectorId: number | undefined
  meterValue: object
}

/** So many places are remembered of a station; a real one has fewer than a hundred. */
const mostPlaces = 1000

/**
 * The latest meter value of each place of a station. Kept in memory only, and no more of them: with
 * the latest three, 10,000 exchanges/s made the old generation grow by 2.4 MB/s, which V8's marking
 * threads, on two cores, took from the load.
 */
export class MeterValueLog {
  readonly #places: LoggedMeterValue[] = []

  add(evseId: number | undefined, connectorId: number | undefined, meterValue: object): void {
    for (const place of this.#places) {
      if (place.evseId !== evseId || place.connectorId !== connectorId) continue
      place.meterValue = meterValue
      return
    }
    if (this.#places.length < mostPlaces) this.#places.push({ evseId, connectorId, meterValue })
  }

  list(): readonly LoggedMeterValue[] {
    return this.#places
  }
}

/** The fields of a sampled value that both generations share; 1.6 writes its value as text. */
export interface Sample {
  readonly value: string | number
  readonly context?: string
  readonly measurand?: string
  readonly phase?: string
  readonly location?: string
  /** 1.6 SignedData and 2.x signedMeterValue hold no plain number. */
  readonly format?: string
}

/**
 * The total of Energy.Active.Import.Register in Wh that a sample states; undefined for any other
 * sample. Register is the default measurand and Wh its default unit.
 * [1.6 7.31] [2.0.1 MeasurandEnumType]
 * @param multiplier power of ten [2.0.1 UnitOfMeasureType]
 */
export function importRegisterWh(
  sample: Sample,
  unit: string | undefined,
  multiplier = 0,
): number | undefined {
  if (sample.measurand !== undefined && sample.measurand !== importRegister) return undefined
  if (sample.phase !== undefined || sample.format === 'SignedData') return undefined
  if (sample.location === 'EV' || sample.location === 'Inlet') return undefined
  const value = typeof sample.value === 'number' ? sample.value : Number.parseFloat(sample.value)
  if (!Number.isFinite(value)) return undefined
  const exponent = unit === 'kWh' ? multiplier + 3 : multiplier
  return exponent === 0 ? value : value * 10 ** exponent
}

const importRegister = 'Energy.Active.Import.Register'
