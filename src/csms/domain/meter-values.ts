/** One reported set of samples, as it stood on the wire. */
export interface LoggedMeterValue {
  readonly evseId: number | undefined
  readonly connectorId: number | undefined
  readonly meterValue: object
}

/** How many meter values are kept of each EVSE or connector. */
const keptPerPlace = 3

/** The latest meter values of a station, by the place that reported them. Kept in memory only. */
export class MeterValueLog {
  readonly #places: LoggedMeterValue[][] = []

  add(evseId: number | undefined, connectorId: number | undefined, meterValue: object): void {
    const logged = { evseId, connectorId, meterValue }
    for (const place of this.#places) {
      const first = place[0]
      if (first?.evseId !== evseId || first?.connectorId !== connectorId) continue
      place.push(logged)
      if (place.length > keptPerPlace) place.shift()
      return
    }
    this.#places.push([logged])
  }

  /** Oldest first within each place. */
  list(): readonly LoggedMeterValue[] {
    return this.#places.flat()
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
