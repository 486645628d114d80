import { object, type ValueOf } from '../../../document/fields/collections.ts'
import { type Field, mapped, withDefault } from '../../../document/fields/field.ts'
import { text } from '../../../document/fields/scalars.ts'
import type { Reader } from '../../../document/reader.ts'
import { entryOf, type SourceNode } from '../../../document/source-node.ts'
import type { StationModel } from '../../station/v2x/provisioning/device-model/station-model.ts'
import type { EvsePlan, StationTemplate } from '../plan.ts'
import { longestModel, type Make, readModelFile } from './model-file.ts'
import { stationShape } from './station-shape.ts'

/** An AC outlet of a connector gives no more than this; what is stronger is DC. */
const strongestAcW = 44_000
const dcTypes = /^(cCCS|cG105|cCHAdeMO|cChaoJi|cMCS|cNACS|cGBT|Pan)/i

const modelShape = {
  ...stationShape,
  model: withDefault(
    text({ longest: 1000, wants: 'a model, or the file of a make like ../models/ac-wallbox.yaml' }),
    'Its model; or a model file, which says what stations of that make are like. What stands beside ' +
      'it here counts for more than what stands in the file.',
    'Virtual',
  ),
}

const template = object(modelShape, {
  wants: 'a station like {vendor: Acme, connectors: 2, maxPower: 22kW}',
})

type Given = ValueOf<typeof modelShape>

/** What stations of a fleet are made of. */
export const station: Field<StationTemplate> = mapped(template, (own, node, reader) => {
  const isFile = /\.(ya?ml|json)$/i.test(own.model)
  if (!isFile && own.model.length > longestModel) {
    const at = valueSpanOf(node, 'model')
    const message = `${own.model.length} characters are too long; a model has at most ${longestModel}.`
    return reader.report(at, message)
  }
  const make = isFile ? readModelFile(own.model, valueSpanOf(node, 'model'), reader) : undefined
  if (isFile && !make) return undefined
  const given = make ? ofMake(make, own, node) : own
  if (given.evses && given.connectors !== undefined) {
    const at = spanOf(node, 'connectors')
    return reader.report(at, '"connectors" and "evses" say the same; leave one of them out.')
  }
  if (given.evses?.length === 0) return reader.report(spanOf(node, 'evses'), 'No EVSE at all.')
  const plain = Array.from({ length: given.connectors ?? 1 }, () => plainEvse)
  return {
    vendor: given.vendor,
    model: given.model,
    serial: given.serial,
    firmware: given.firmware?.version,
    ...(given.firmware && { firmwarePlan: given.firmware.plan }),
    evses: (given.evses ?? plain).map((one) => evsePlan(one, given)),
    ...(given.grid && { grid: { maxPowerW: given.grid.maxPower, loadW: given.grid.load } }),
    voltage: given.voltage,
    meterStartWh: given.meterStart,
    txStartPoint: given.txStart,
    txStopPoint: given.txStop,
    configuration: given.configuration,
    callTimeoutMs: given.callTimeout,
    ...(given.meter && { meter: given.meter }),
    ...(given.modem && { modem: given.modem }),
    ...(given.rebootRequired && { rebootRequired: given.rebootRequired }),
    ...(make && { deviceModel: modelBeside(make.deviceModel, node) }),
  }
})

/** What stands in the scenario itself, and for the rest the make. */
function ofMake({ station: made }: Make, own: Given, node: SourceNode): Given {
  const said = new Set(node.kind === 'map' ? node.entries.map(({ key }) => key) : [])
  const kept = Object.fromEntries(
    Object.entries(own).filter(([key]) => said.has(key) && key !== 'model'),
  )
  const { connectors, evses } = said.has('connectors') || said.has('evses') ? own : made
  const configuration = { ...made.configuration, ...own.configuration }
  return Object.assign({}, made, kept, { connectors, evses, configuration })
}

/** A start or stop point of the scenario counts for more than the file's variable. */
function modelBeside(model: StationModel, node: SourceNode): StationModel {
  const values = { ...model.values }
  if (isSaid(node, 'txStart')) delete values['TxCtrlr.TxStartPoint']
  if (isSaid(node, 'txStop')) delete values['TxCtrlr.TxStopPoint']
  return { ...model, values }
}

function isSaid(node: SourceNode, key: string): boolean {
  return node.kind === 'map' && entryOf(node, key) !== undefined
}

function valueSpanOf(node: SourceNode, key: string): SourceNode['span'] {
  return (node.kind === 'map' ? entryOf(node, key)?.value.span : undefined) ?? node.span
}

/** The station of a fleet that says nothing of it. */
export function defaultStation(reader: Reader, span: SourceNode['span']): StationTemplate {
  const made = station.parse({ kind: 'map', entries: [], span }, reader)
  if (!made) throw new Error('the default station is not valid')
  return made
}

interface EvseGiven {
  readonly connectors: readonly string[]
  readonly maxPower: number | undefined
  readonly phases: number | undefined
  readonly current: 'AC' | 'DC' | undefined
  readonly discharge: number | undefined
}

const plainEvse: EvseGiven = {
  connectors: ['cType2'],
  maxPower: undefined,
  phases: undefined,
  current: undefined,
  discharge: undefined,
}

function evsePlan(
  one: EvseGiven,
  all: Pick<EvseGiven, 'current' | 'discharge'> & {
    readonly maxPower: number
    readonly phases: number
  },
): EvsePlan {
  const maxPowerW = one.maxPower ?? all.maxPower
  const dischargeW = one.discharge ?? all.discharge
  const isDc = one.connectors.some((type) => dcTypes.test(type)) || maxPowerW > strongestAcW
  return {
    connectors: one.connectors,
    maxPowerW,
    phases: asPhases(one.phases ?? all.phases),
    current: one.current ?? all.current ?? (isDc ? 'DC' : 'AC'),
    ...(dischargeW && { dischargeW }),
  }
}

function asPhases(count: number): 1 | 2 | 3 {
  return count === 1 || count === 2 ? count : 3
}

function spanOf(node: SourceNode, key: string): SourceNode['span'] {
  return (node.kind === 'map' ? entryOf(node, key)?.keySpan : undefined) ?? node.span
}
