import type {
  MeasurandEnumType,
  MeterValueType,
  ReadingContextEnumType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type { Evse } from '../../evse.ts'
import { MainMeter } from '../../meter/main-meter.ts'
import type { Measured, Registers } from '../../meter/measured.ts'
import { plainMeter } from '../../meter/units.ts'
import type { Station2x, Version2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { meterValue } from './meter-values.ts'
import { samplerOf } from './sampler.ts'
import { sign } from './signed-readings.ts'

/** What a reading is for: which list names its measurands, and what may switch it off or sign it. */
interface ReadingList {
  readonly enabled: string
  readonly measurands: string
  /** The variable that has it signed. */
  readonly signed: Readonly<Record<Version2x, string>>
}

function list(
  controller: 'SampledDataCtrlr' | 'AlignedDataCtrlr',
  measurands: string,
  signed21 = 'SignReadings',
): ReadingList {
  return {
    enabled: `${controller}.Enabled`,
    measurands: `${controller}.${measurands}`,
    signed: {
      'ocpp2.0.1': `${controller}.SignReadings`,
      'ocpp2.1': `${controller}.${signed21}`,
    },
  }
}

/** [2.0.1 J01, J02] */
const lists = {
  sampledStarted: list('SampledDataCtrlr', 'TxStartedMeasurands', 'SignStartedReadings'),
  sampledUpdated: list('SampledDataCtrlr', 'TxUpdatedMeasurands', 'SignUpdatedReadings'),
  sampledEnded: list('SampledDataCtrlr', 'TxEndedMeasurands'),
  aligned: list('AlignedDataCtrlr', 'Measurands', 'SignUpdatedReadings'),
  alignedEnded: list('AlignedDataCtrlr', 'TxEndedMeasurands'),
} as const

export type ReadingKind = keyof typeof lists

/** Remembers where the interval began, for lists with Interval measurands; most stations have none. */
class Intervals {
  readonly #since = new Map<string, Registers>()
  mainMeter: MainMeter | undefined

  /** Registers at the reading before; the interval of the next one begins here. */
  next(place: number, kind: ReadingKind, at: Measured): Registers | undefined {
    const key = `${place} ${kind}`
    const since = this.#since.get(key)
    const { importWh, exportWh, importVarh, exportVarh } = at
    this.#since.set(key, { importWh, exportWh, importVarh, exportVarh })
    return since
  }
}

const intervals = new StationPart((_station) => new Intervals())

/** One reading of an EVSE that is up to date; undefined where nothing is to be told. */
export function readEvse(
  station: Station2x,
  evse: Evse,
  kind: ReadingKind,
  context: ReadingContextEnumType,
  timestamp: string,
): MeterValueType | undefined {
  return read(station, evse.id, evse.outlet, kind, context, timestamp)
}

/** The same of the main meter, EVSE 0, which is made up to date. */
export function readMain(
  station: Station2x,
  kind: ReadingKind,
  context: ReadingContextEnumType,
  timestamp: string,
): MeterValueType | undefined {
  const known = intervals.of(station)
  known.mainMeter ??= new MainMeter(station.services.evses)
  known.mainMeter.advance()
  return read(station, 0, known.mainMeter, kind, context, timestamp)
}

function read(
  station: Station2x,
  place: number,
  at: Measured,
  kind: ReadingKind,
  context: ReadingContextEnumType,
  timestamp: string,
): MeterValueType | undefined {
  const { model, services, version } = station
  const { enabled, measurands: name, signed } = lists[kind]
  if (!model.flag(enabled)) return undefined
  const measurands = station.measurands(name)
  const meter = services.template.meter ?? plainMeter
  const since = tellsInterval(measurands) ? intervals.of(station).next(place, kind, at) : undefined
  const value = meterValue(at, measurands, context, timestamp, meter, since)
  const { signedData } = meter
  if (value && signedData !== undefined && model.flag(signed[version])) {
    sign(value, signedData, at)
  }
  return value
}

function tellsInterval(measurands: readonly MeasurandEnumType[]): boolean {
  for (const measurand of measurands) {
    if (samplerOf(measurand, plainMeter)?.interval) return true
  }
  return false
}
