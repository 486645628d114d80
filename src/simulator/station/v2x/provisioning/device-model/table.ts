import type { ComponentType, EVSEType, VariableType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Version2x } from '../../station-2x.ts'
import type { ModelRow } from './station-model.ts'
import { componentName, type VariableScope, type VariableSpec, variableName } from './variable.ts'

/** A variable with its name spelled out once. */
export interface Row {
  readonly name: string
  readonly spec: VariableSpec
}

export type Unknown = 'UnknownComponent' | 'UnknownVariable'

/** The variables of one make of station in one version: shared by all its stations. */
export class VariableTable {
  /** In the order in which reports list them. */
  readonly rows: readonly Row[]
  /** Where a name exists at several places, the station's own. */
  readonly #byName = new Map<string, Row>()
  readonly #byScope = new Map<string, Row>()
  /** As the wire names them, which is without regard to case [2.0.1 ComponentType, VariableType]. */
  readonly #byWireName = new Map<string, Row>()
  readonly #byComponent = new Map<string, Row[]>()

  constructor(specs: readonly VariableSpec[]) {
    this.rows = specs.map((spec) => ({ name: variableName(spec), spec }))
    for (const row of this.rows) {
      const { name, spec } = row
      if (spec.scope === 'station' || !this.#byName.has(name)) this.#byName.set(name, row)
      this.#byScope.set(`${spec.scope} ${name}`, row)
      this.#byWireName.set(`${spec.scope} ${name}`.toLowerCase(), row)
      const owner = `${spec.scope} ${componentName(spec)}`.toLowerCase()
      const siblings = this.#byComponent.get(owner)
      if (siblings) siblings.push(row)
      else this.#byComponent.set(owner, [row])
    }
  }

  /** Without a place: the station's own, or else the only one of this name. */
  get(name: string, at?: EVSEType): Row | undefined {
    return at ? this.#byScope.get(`${scopeOf(at)} ${name}`) : this.#byName.get(name)
  }

  /** What a CALL names [2.0.1 B05.FR.04, FR.05, B06.FR.15]. */
  find(component: ComponentType, variable: VariableType): Row | Unknown {
    const owner = ownerOf(component)
    if (!this.#byComponent.has(owner)) return 'UnknownComponent'
    const { name, instance } = variable
    const suffix = instance === undefined || instance === '' ? '' : `[${instance}]`
    return this.#byWireName.get(`${owner}.${name}${suffix}`.toLowerCase()) ?? 'UnknownVariable'
  }

  /** All variables of a component as a CALL names it. */
  ofComponent(component: ComponentType): readonly Row[] {
    return this.#byComponent.get(ownerOf(component)) ?? []
  }
}

/** Scope and name of a component; an empty instance is none. */
function ownerOf({ name, instance, evse }: ComponentType): string {
  const owner =
    instance === undefined || instance === ''
      ? { component: name }
      : { component: name, componentInstance: instance }
  return `${scopeOf(evse)} ${componentName(owner)}`.toLowerCase()
}

function scopeOf(at: EVSEType | undefined): VariableScope {
  if (!at) return 'station'
  return at.connectorId === undefined ? 'evse' : 'connector'
}

/** The rows that a make of station has in this version: the standard ones as its model changes them. */
export function specsOf(
  standard: readonly VariableSpec[],
  version: Version2x,
  model: readonly ModelRow[] = [],
): readonly VariableSpec[] {
  const changes = new Map(model.map((row) => [`${row.spec.scope ?? ''} ${row.name}`, row] as const))
  const changeOf = (name: string, scope: VariableScope) =>
    changes.get(`${scope} ${name}`) ?? changes.get(` ${name}`)
  const known = new Set<ModelRow>()
  const specs: VariableSpec[] = []
  for (const spec of standard) {
    const change = changeOf(variableName(spec), spec.scope)
    if (change) known.add(change)
    if (change?.absent || (spec.only !== undefined && spec.only !== version)) continue
    specs.push(change ? { ...spec, ...change.spec } : spec)
  }
  for (const row of model) {
    if (!known.has(row) && !row.absent) specs.push(additional(row))
  }
  return specs
}

/** A variable that the model alone has. */
function additional({ spec }: ModelRow): VariableSpec {
  return {
    scope: 'station',
    dataType: 'string',
    mutability: 'ReadOnly',
    initial: '',
    ...spec,
  }
}
