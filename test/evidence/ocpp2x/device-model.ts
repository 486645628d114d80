import type { Lab2x } from './lab2x.ts'

/** A variable as the operator reads it. */
export interface VariableRow {
  readonly attributes: Readonly<Record<string, string>>
  readonly mutability?: Readonly<Record<string, string>>
  readonly rebootRequired?: boolean
}

export async function variableRow(
  lab: Lab2x,
  component: string,
  variable: string,
): Promise<VariableRow | undefined> {
  const query = `component=${component}&variable=${variable}`
  return (await lab.known<readonly VariableRow[]>(`variables?${query}`))?.[0]
}

export const setVariable = (
  lab: Lab2x,
  component: string,
  variable: string,
  attributeValue: string,
) =>
  lab.command('SetVariables', {
    setVariableData: [
      { component: { name: component }, variable: { name: variable }, attributeValue },
    ],
  })

export const getVariable = (lab: Lab2x, component: string, variable: string) =>
  lab.command('GetVariables', {
    getVariableData: [{ component: { name: component }, variable: { name: variable } }],
  })
