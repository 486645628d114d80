import type { Reader } from '../../../document/reader.ts'
import { entryOf, type SourceNode } from '../../../document/source-node.ts'
import type {
  ModelRow,
  PlainSpec,
  StationModel,
} from '../../station/v2x/provisioning/device-model/station-model.ts'
import {
  type VariableSpec,
  valueFault,
  variableName,
} from '../../station/v2x/provisioning/device-model/variable.ts'
import { variables as standard } from '../../station/v2x/provisioning/device-model/variables.ts'
import type { GivenVariable } from './model-file.ts'

const standardByName: ReadonlyMap<string, VariableSpec> = new Map(
  standard.map((spec) => [variableName(spec), spec]),
)

/** `Component[instance].Variable[instance]@evse.connector` */
const nameShape =
  /^([A-Za-z]\w*)(?:\[([^\]]+)\])?\.([A-Za-z]\w*)(?:\[([^\]]+)\])?(@\d+(?:\.\d+)?)?$/

const lists: ReadonlySet<string> = new Set(['OptionList', 'MemberList', 'SequenceList'])

/** Checks the variables of a model file; undefined where something is wrong with them. */
export function modelRows(
  given: Readonly<Record<string, GivenVariable>>,
  without: readonly string[],
  file: SourceNode,
  reader: Reader,
): StationModel | undefined {
  const values: Record<string, string> = {}
  const rows: ModelRow[] = []
  let sound = true
  for (const [key, variable] of Object.entries(given)) {
    const at = placeOf(file, 'variables', key)
    const fault = (message: string): void => {
      reader.report(at, message)
      sound = false
    }
    const named = nameOf(key)
    if (!named) {
      fault(`"${key}" is not a variable like Component.Variable[instance]@evse.connector.`)
      continue
    }
    const { name, place, names } = named
    const known = knownSpec(name, variable, rows)
    if (!known && variable.dataType === undefined) {
      reader.reportUnknown(
        at,
        `No standard variable "${name}"; one of its own needs a dataType`,
        name,
        standardByName.keys(),
      )
      sound = false
      continue
    }
    const { value } = variable
    if (place !== '' && !isOnlyValue(variable)) fault(`"${key}" can only have a value.`)
    const change = { ...names, ...changes(variable) }
    const spec = { ...ofItsOwn, ...known, ...change }
    const problem = problemOf(spec, value, known === undefined)
    if (problem !== undefined) fault(`${key} ${problem}.`)
    if (value !== undefined) values[`${name}${place}`] = value
    const isRow = place === '' && (known === undefined || !isOnlyValue(variable))
    if (isRow)
      rows.push({ name, spec: { ...change, ...(value !== undefined && { initial: value }) } })
  }
  for (const name of without) {
    const spec = standardByName.get(name)
    if (!spec) {
      const at = placeOf(file, 'without', undefined)
      reader.reportUnknown(at, `No standard variable "${name}"`, name, standardByName.keys())
      sound = false
      continue
    }
    rows.push({ name, absent: true, spec: nameOf(name)?.names ?? spec })
  }
  return sound ? { rows, values } : undefined
}

type Names = Pick<PlainSpec, 'component' | 'componentInstance' | 'variable' | 'instance'>

function nameOf(
  key: string,
): { readonly name: string; readonly place: string; readonly names: Names } | undefined {
  const found = nameShape.exec(key)
  if (!found) return undefined
  const [, component = '', componentInstance, variable = '', instance, place = ''] = found
  const names: Names = {
    component,
    variable,
    ...(componentInstance !== undefined && { componentInstance }),
    ...(instance !== undefined && { instance }),
  }
  return { name: variableName(names), place, names }
}

/** The standard variable, or one of its own that the file named above. */
function knownSpec(
  name: string,
  { scope }: GivenVariable,
  rows: readonly ModelRow[],
): Partial<VariableSpec> | undefined {
  const spec = standardByName.get(name) ?? rows.find((row) => row.name === name)?.spec
  return scope === undefined || spec?.scope === scope ? spec : undefined
}

const ofItsOwn = { dataType: 'string', mutability: 'ReadOnly' } as const

function isOnlyValue({ value: _value, persistent, rebootRequired, ...others }: GivenVariable) {
  const isPlain = persistent && !rebootRequired
  return isPlain && Object.values(others).every((other) => other === undefined)
}

/** What a variable is, said in the words of the specification, as the device model has it. */
function changes(given: GivenVariable): Partial<PlainSpec> {
  const { dataType, scope, mutability, unit, minLimit, maxLimit, valuesList } = given
  const attributes = attributesOf(given)
  return {
    ...(dataType && { dataType }),
    ...(scope && { scope }),
    ...(mutability && { mutability }),
    ...(unit !== undefined && { unit }),
    ...(minLimit !== undefined && { min: minLimit }),
    ...(maxLimit !== undefined && { max: maxLimit }),
    ...(valuesList && { values: valuesList }),
    ...(given.constant && { constant: true as const }),
    ...(!given.persistent && { volatile: true as const }),
    ...(given.rebootRequired && { rebootRequired: true as const }),
    ...(given.supportsMonitoring && { monitored: true as const }),
    ...(attributes && { attributes }),
  }
}

function attributesOf(given: GivenVariable): PlainSpec['attributes'] | undefined {
  const entries = (['Target', 'MinSet', 'MaxSet'] as const).flatMap((type) => {
    const { value, mutability = 'ReadWrite' } = given[type] ?? {}
    if (!given[type]) return []
    return [[type, { mutability, ...(value !== undefined && { initial: value }) }] as const]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}

/** What is wrong with a variable, as the rest of a sentence. */
function problemOf(
  spec: Partial<VariableSpec> & Pick<VariableSpec, 'dataType'>,
  value: string | undefined,
  isItsOwn: boolean,
): string | undefined {
  if (lists.has(spec.dataType) && !spec.values) return 'needs a valuesList'
  if (value === undefined) {
    return isItsOwn && spec.dataType !== 'string' ? 'needs a value' : undefined
  }
  return valueFault(spec, value)?.additionalInfo
}

function placeOf(file: SourceNode, section: string, key: string | undefined): SourceNode['span'] {
  const within = file.kind === 'map' ? entryOf(file, section) : undefined
  if (!within) return file.span
  const { value } = within
  if (key === undefined) return value.span
  return (value.kind === 'map' ? entryOf(value, key)?.keySpan : undefined) ?? value.span
}
