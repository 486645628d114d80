import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

/** Characters; in 1.6, where some write each byte as two digits, too few either way. */
const shortest = 16

const objection = (password: string): Objection =>
  password.length < shortest ? `a password of ${password.length} characters is set` : undefined

const change = (value: string) =>
  csms('ChangeConfiguration', { key: 'AuthorizationKey', value }, { status: 'Accepted' })

const variable = {
  component: { name: 'SecurityCtrlr' },
  variable: { name: 'BasicAuthPassword' },
}

const set = (attributeValue: string) =>
  csms(
    'SetVariables',
    { setVariableData: [{ ...variable, attributeValue }] },
    { setVariableResult: [{ ...variable, attributeStatus: 'Accepted' }] },
  )

export const passwordShort: Rule = {
  id: 'COMMAND_PASSWORD_SHORT',
  title: 'a password for stations has 16 characters at least',
  clause: '1.6 SWP A00.FR.205, A00.FR.304, 2.0.1 A00.FR.205, A00.FR.304',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      ChangeConfiguration: {
        asked: ({ key, value }) => (key === 'AuthorizationKey' ? objection(value) : undefined),
      },
    },
    breaks: [change('secret')],
    nearly: [change('000102030405060708090a0b0c0d0e0f')],
  },
  in2x: {
    level: 'MUST',
    looks: {
      SetVariables: {
        asked: ({ setVariableData }) => {
          const one = setVariableData.find(
            (data) =>
              data.component.name === 'SecurityCtrlr' && data.variable.name === 'BasicAuthPassword',
          )
          return one && objection(one.attributeValue)
        },
      },
    },
    breaks: [set('secret')],
    nearly: [set('correct-horse-battery')],
  },
}
