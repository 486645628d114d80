import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

const objection = (asked: readonly unknown[], answered: readonly unknown[]): Objection =>
  asked.length === answered.length
    ? undefined
    : `${asked.length} were asked for, ${answered.length} answered`

const one = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'OfflineThreshold' } }
const get = (results: number) =>
  csms(
    'GetVariables',
    { getVariableData: [one, one] },
    {
      getVariableResult: Array.from({ length: results }, () => ({
        ...one,
        attributeStatus: 'Accepted',
        attributeValue: '60',
      })),
    },
  )

export const allAnswered2x: Rule = {
  id: 'ANSWER_OF_EACH',
  title: 'who is asked of several variables or monitors answers of each',
  clause: '2.0.1 B05.FR.01, B06.FR.01, N04.FR.01',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      GetVariables: {
        answered: ({ getVariableData }, { getVariableResult }) =>
          objection(getVariableData, getVariableResult),
      },
      SetVariables: {
        answered: ({ setVariableData }, { setVariableResult }) =>
          objection(setVariableData, setVariableResult),
      },
      SetVariableMonitoring: {
        answered: ({ setMonitoringData }, { setMonitoringResult }) =>
          objection(setMonitoringData, setMonitoringResult),
      },
    },
    breaks: [get(1)],
    nearly: [get(2)],
  },
}
