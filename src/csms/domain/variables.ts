/** A component's variable of the 2.x device model, as the station last reported it. */
export interface ReportedVariable {
  readonly component: object
  readonly variable: object
  /** Values by attribute type: Actual, Target, MinSet, MaxSet. */
  readonly attributes: Record<string, string>
}

/** The answer to GetBaseReport or GetReport, as far as its NotifyReports have come [2.0.1 B07]. */
export interface Report {
  /** How many component variables it listed so far. */
  variables: number
  /** The last part said that no more are to come. */
  complete: boolean
}

interface Named {
  readonly name: string
  readonly instance?: string
  readonly evse?: { readonly id: number; readonly connectorId?: number }
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
