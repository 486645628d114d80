import { list, mapOf, object, type ValueOf } from '../../../document/fields/collections.ts'
import { type Field, mapped, optional, withDefault } from '../../../document/fields/field.ts'
import { boolean, number, oneOf, text } from '../../../document/fields/scalars.ts'
import { readDocument } from '../../../document/read-document.ts'
import type { Reader } from '../../../document/reader.ts'
import type { SourceNode } from '../../../document/source-node.ts'
import type { StationModel } from '../../station/v2x/provisioning/device-model/station-model.ts'
import { configurationValue } from './configuration.ts'
import { modelRows } from './model-rows.ts'
import { stationShape } from './station-shape.ts'

/** BootNotification's chargePointModel and model. */
export const longestModel = 20

const attribute = object(
  {
    value: optional(configurationValue(), 'Its first value.', 'unset'),
    mutability: withDefault(oneOf(['ReadOnly', 'ReadWrite']), 'Who sets it.', 'ReadWrite'),
  },
  { wants: 'a value, or {value, mutability}', shorthand: 'value' },
)

const variableShape = {
  value: optional(configurationValue(), 'Its value out of the box.', 'the standard one'),
  dataType: optional(
    oneOf([
      ...(['string', 'decimal', 'integer', 'dateTime', 'boolean'] as const),
      ...(['OptionList', 'MemberList', 'SequenceList'] as const),
    ]),
    'DataEnumType; needed for a variable of its own.',
    'the standard one',
  ),
  scope: optional(
    oneOf(['station', 'evse', 'connector']),
    'Where a variable of its own exists: once, on every EVSE, on every connector.',
    'station',
  ),
  mutability: optional(
    oneOf(['ReadOnly', 'ReadWrite', 'WriteOnly']),
    'Who may read and set it.',
    'the standard one; of its own: ReadOnly',
  ),
  unit: optional(text({ longest: 16 }), 'Of its values.', 'the standard one'),
  minLimit: optional(number(), 'The least value, or the shortest text.', 'the standard one'),
  maxLimit: optional(number(), 'The greatest value, or the longest text.', 'the standard one'),
  valuesList: optional(
    list(text({ longest: 100 })),
    'What a list or an option may hold.',
    'the standard one',
  ),
  constant: optional(boolean(), 'It never changes while the station runs.', 'the standard one'),
  persistent: withDefault(boolean(), 'What is set outlasts a reboot.', true),
  rebootRequired: withDefault(
    boolean(),
    'What is set holds from the next boot on, and is answered RebootRequired.',
    false,
  ),
  supportsMonitoring: optional(boolean(), 'Monitors may watch it.', 'the standard one'),
  Target: optional(attribute, 'It has this attribute, too.', 'the standard one'),
  MinSet: optional(attribute, 'It has this attribute, too.', 'the standard one'),
  MaxSet: optional(attribute, 'It has this attribute, too.', 'the standard one'),
}

/** What a model file says of one variable. */
export type GivenVariable = ValueOf<typeof variableShape>

export const modelVariable = object(variableShape, {
  wants: 'a value, or a variable like {value: 30, mutability: ReadOnly}',
  shorthand: 'value',
})

const shape = {
  ...stationShape,
  description: optional(text({ longest: 2000 }), 'What make it is, for people.'),
  model: withDefault(text({ longest: longestModel }), 'Its model.', 'Virtual'),
  variables: withDefault(
    mapOf(modelVariable, { wants: 'variables like OCPPCommCtrlr.HeartbeatInterval: 900' }),
    '2.x: variables that differ from the standard ones or are its own, as Component.Variable, ' +
      'Component[instance].Variable[instance]; a value at one place as EVSE.AllowReset@2 or ' +
      'Connector.Available@1.2.',
    {},
    '{}',
  ),
  without: withDefault(
    list(text({ longest: 200 })),
    '2.x: standard variables that it does not have.',
    [],
    '[]',
  ),
}

/** A make of stations: what stands under `station` in a scenario, and its device model. */
export interface Make {
  readonly station: ValueOf<typeof shape>
  readonly deviceModel: StationModel
}

/** A model file. */
export const modelFile: Field<Make> & { readonly shape: typeof shape } = mapped(
  object(shape, { wants: 'a make of stations like {vendor: Acme, model: W22, variables: {}}' }),
  (station, node, reader): Make | undefined => {
    const deviceModel = modelRows(station.variables, station.without, node, reader)
    return deviceModel && { station, deviceModel }
  },
)

/**
 * Reads the model file that a scenario names; undefined where something is wrong with it.
 *
 * @param span where the scenario names it
 */
export function readModelFile(
  path: string,
  span: SourceNode['span'],
  reader: Reader,
): Make | undefined {
  const read = reader.readFile(path)
  if ('error' in read) return reader.report(span, `Cannot read ${path}: ${read.error}.`)
  const source = { file: read.shown, text: read.text.replace(/^\uFEFF/, '') }
  const document = readDocument(source, {}, {})
  const make = 'root' in document ? modelFile.parse(document.root, document.reader) : undefined
  const problems = 'root' in document ? document.reader.problems : document.problems
  if (problems.length === 0) return make
  return reader.include(problems.map((problem) => ({ ...problem, source })))
}
