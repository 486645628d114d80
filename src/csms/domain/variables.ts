import { isSecret } from '../../ocpp/redact.ts'
import type { StationRecord } from './station.ts'

/** A component's variable of the 2.x device model, as the station last reported it. */
export interface ReportedVariable {
  readonly component: Named
  readonly variable: Named
  /** Values by attribute type: Actual, Target, MinSet, MaxSet. */
  readonly attributes: Record<string, string>
  /** Who may read and set them, by attribute type; absent until a report told. */
  mutability?: Record<string, string>
  /** VariableCharacteristicsType as a report told it; absent until then. */
  characteristics?: object
  /** What was set last holds from the next boot on. */
  rebootRequired?: true
}

/** The answer to GetBaseReport or GetReport, as far as its NotifyReports have come [2.0.1 B07]. */
export interface Report {
  /** How many component variables it listed so far. */
  variables: number
  /** The last part said that no more are to come. */
  complete: boolean
}

export interface Named {
  readonly name: string
  readonly instance?: string
  readonly evse?: { readonly id: number; readonly connectorId?: number }
}

/** What was told of a variable. */
export interface VariableNews {
  readonly component: Named
  readonly variable: Named
  readonly attributes: readonly {
    /** Default: Actual. */
    readonly type?: string | undefined
    readonly value?: string | undefined
    readonly mutability?: string | undefined
  }[]
  readonly characteristics?: object | undefined
  readonly rebootRequired?: boolean
}

/** So many component variables are remembered of a station; a big one has two thousand. */
export const mostVariables = 10_000

/** How many a station has: to count them anew for each new one takes a second for ten thousand. */
const counts = new WeakMap<StationRecord['variables'], number>()

/** Remembers what a station said of one variable; secrets are left out. */
export function noteVariable({ variables }: StationRecord, news: VariableNews): void {
  const { component, variable, attributes, characteristics } = news
  const key = variableKey(component, variable)
  const known = variables[key] ?? added(variables, key, { component, variable, attributes: {} })
  if (!known) return
  for (const { type = 'Actual', value, mutability } of attributes) {
    if (value !== undefined && !isSecret(variable.name)) known.attributes[type] = value
    if (mutability !== undefined) known.mutability = { ...known.mutability, [type]: mutability }
  }
  if (characteristics) known.characteristics = characteristics
  if (news.rebootRequired) known.rebootRequired = true
}

/** Undefined where there are too many already. */
function added(
  variables: StationRecord['variables'],
  key: string,
  fresh: ReportedVariable,
): ReportedVariable | undefined {
  const count = counts.get(variables) ?? Object.keys(variables).length
  if (count >= mostVariables) return undefined
  counts.set(variables, count + 1)
  variables[key] = fresh
  return fresh
}

/** The station has booted: nothing waits for that any more. */
export function variablesBooted({ variables }: StationRecord): void {
  for (const variable of Object.values(variables)) delete variable.rebootRequired
}

/** A complete inventory named these: the station has no others any more. */
export function keepOnly({ variables }: StationRecord, keys: ReadonlySet<string>): void {
  for (const key of Object.keys(variables)) {
    if (!keys.has(key)) delete variables[key]
  }
  counts.delete(variables)
}

/** Which variables an operator looks for; names without regard to case. */
export interface VariableQuery {
  readonly component?: string | undefined
  readonly variable?: string | undefined
  /** 0: what belongs to no EVSE. */
  readonly evseId?: number | undefined
  readonly settable?: boolean | undefined
}

/** The variables that were asked for, in the order in which they were heard of. */
export function variablesOf(
  { variables }: StationRecord,
  { component, variable, evseId, settable }: VariableQuery,
): readonly ReportedVariable[] {
  return Object.values(variables).filter(
    (known) =>
      isNamed(known.component, component) &&
      isNamed(known.variable, variable) &&
      (evseId === undefined || (known.component.evse?.id ?? 0) === evseId) &&
      (settable === undefined || isSettable(known) === settable),
  )
}

function isNamed({ name }: Named, asked: string | undefined): boolean {
  return asked === undefined || name.toLowerCase() === asked.toLowerCase()
}

/** Only reports tell of that. */
function isSettable({ mutability = {} }: ReportedVariable): boolean {
  return Object.values(mutability).some((kind) => kind !== 'ReadOnly')
}

/** The value of a variable of the station itself, if it was ever told. */
export function variableValue(
  { variables }: StationRecord,
  component: string,
  variable: string,
  instance?: string,
): string | undefined {
  const named = instance === undefined ? { name: variable } : { name: variable, instance }
  return variables[variableKey({ name: component }, named)]?.attributes['Actual']
}

/** Names a component's variable within one station. */
export function variableKey(component: Named, variable: Named): string {
  const { evse } = component
  const place = evse ? `@${evse.id}${evse.connectorId ? `.${evse.connectorId}` : ''}` : ''
  return `${part(component)}${place}/${part(variable)}`
}

function part({ name, instance }: Named): string {
  return instance === undefined ? name : `${name}[${instance}]`
}
