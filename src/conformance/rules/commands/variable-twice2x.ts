import type { Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

const interval = (attributeValue: string, attributeType?: string) => ({
  component: { name: 'SampledDataCtrlr' },
  variable: { name: 'TxUpdatedInterval' },
  attributeValue,
  ...(attributeType !== undefined && { attributeType }),
})

const set = (...setVariableData: readonly object[]) =>
  csms(
    'SetVariables',
    { setVariableData },
    {
      setVariableResult: setVariableData.map(() => ({
        attributeStatus: 'Accepted',
        component: { name: 'SampledDataCtrlr' },
        variable: { name: 'TxUpdatedInterval' },
      })),
    },
  )

export const variableTwice2x: Rule = {
  id: 'COMMAND_VARIABLE_TWICE',
  title: 'an attribute is set once in a message',
  clause: '2.0.1 B05.FR.13',
  judges: 'csms',
  in2x: {
    level: 'MUST',
    looks: {
      SetVariables: {
        asked: ({ setVariableData }) => {
          if (setVariableData.length < 2) return undefined
          const seen = new Set<string>()
          for (const { component, variable, attributeType = 'Actual' } of setVariableData) {
            const name = JSON.stringify([component, variable, attributeType])
            if (seen.has(name)) return `${component.name}.${variable.name} is set twice`
            seen.add(name)
          }
          return undefined
        },
      },
    },
    breaks: [set(interval('60'), interval('30', 'Actual'))],
    nearly: [set(interval('60'), interval('30', 'Target'))],
  },
}
