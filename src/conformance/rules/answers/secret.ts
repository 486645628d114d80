import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

const said = 'the password of the station can be read'

const password = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } }

const read = (answer: object) =>
  csms(
    'GetVariables',
    { getVariableData: [password] },
    { getVariableResult: [{ ...password, ...answer }] },
  )

const keys = (value?: string) =>
  csms(
    'GetConfiguration',
    { key: ['AuthorizationKey'] },
    {
      configurationKey: [
        { key: 'AuthorizationKey', readonly: false, ...(value !== undefined && { value }) },
      ],
    },
  )

export const secretTold: Rule = {
  id: 'ANSWER_SECRET',
  title: 'a password can be written and not read',
  clause: '1.6 SWP 7.2, 2.0.1 B06.FR.09',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      GetConfiguration: {
        answered: (_request, { configurationKey = [] }): Objection =>
          configurationKey.some(({ key, value }) => key === 'AuthorizationKey' && value)
            ? said
            : undefined,
      },
    },
    breaks: [keys('000102030405060708090a0b0c0d0e0f')],
    nearly: [keys(), keys('')],
  },
  in2x: {
    level: 'MUST',
    looks: {
      GetVariables: {
        answered: (_request, { getVariableResult }): Objection =>
          getVariableResult.some(
            ({ component, variable, attributeValue }) =>
              component.name === 'SecurityCtrlr' &&
              variable.name === 'BasicAuthPassword' &&
              attributeValue,
          )
            ? said
            : undefined,
      },
    },
    breaks: [read({ attributeStatus: 'Accepted', attributeValue: 'correct-horse-battery' })],
    nearly: [read({ attributeStatus: 'Rejected' })],
  },
}
