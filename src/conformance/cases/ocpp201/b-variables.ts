import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { type Operator, optional } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import { booted201, stillThere } from './states201.ts'

const offlineThreshold = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'OfflineThreshold' },
} as const

const authorizeRemoteStart = {
  component: { name: 'AuthCtrlr' },
  variable: { name: 'AuthorizeRemoteStart' },
} as const

/** Both, whichever comes first. */
function eitherWay(one: object, other: object): Operator {
  return {
    $oneOf: [
      [one, other],
      [other, one],
    ],
  }
}

/** Attributes other than the actual value are not what was asked for. */
const actual = { attributeType: optional('Actual') } as const

type Variable = RequestOf<Actions201, 'GetVariables'>['getVariableData'][number]

const limit = (name: string, instance: string): Variable => ({
  component: { name: 'DeviceDataCtrlr' },
  variable: { name, instance },
})

/** One more than the station takes in one message. */
const fiveVariables: readonly Variable[] = [
  limit('ItemsPerMessage', 'GetReport'),
  limit('ItemsPerMessage', 'GetVariables'),
  limit('BytesPerMessage', 'GetReport'),
  limit('BytesPerMessage', 'GetVariables'),
  authorizeRemoteStart,
]

const fourOrOne = { $oneOf: [{ $length: 4 }, { $length: 1 }] } as const

function answered(variables: readonly Variable[]) {
  return variables.map(
    (variable) => ({ ...variable, attributeStatus: 'Accepted', attributeValue: '4' }) as const,
  )
}

const everyVariableAsked: Move = does('all five variables were asked for', (scene) => {
  const lists = [scene.values.get('firstAsked'), scene.values.get('restAsked')]
  const asked = lists.flat().map((variable) => nameOf(variable as Variable))
  const missing = fiveVariables.map(nameOf).filter((name) => !asked.includes(name))
  scene.check('every variable', missing.length === 0, {
    detail: missing.length === 0 ? asked.join(', ') : `nobody asked for ${missing.join(', ')}`,
    clause: '2.0.1 B06.FR.05',
  })
})

function nameOf({ component, variable }: Variable): string {
  return `${component.name}.${variable.name}[${variable.instance ?? ''}]`
}

/** Variables, read and set. */
export const variables201: readonly ConformanceCase[] = [
  case201({
    id: 'B_06',
    title: 'The CSMS reads one variable',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('GetVariables', {
        order: { getVariableData: [offlineThreshold] },
        expect: { getVariableData: [{ ...offlineThreshold, ...actual }] },
        answer: {
          getVariableResult: [
            { ...offlineThreshold, attributeStatus: 'Accepted', attributeValue: '60' },
          ],
        },
        clause: '2.0.1 B06',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'B_07',
    title: 'The CSMS reads several variables at once',
    profile: 'Core',
    feature: 'C-45',
    moves: [
      ...booted201,
      asked('GetVariables', {
        order: { getVariableData: [offlineThreshold, authorizeRemoteStart] },
        expect: {
          getVariableData: eitherWay(
            { ...offlineThreshold, ...actual },
            { ...authorizeRemoteStart, ...actual },
          ),
        },
        answer: {
          getVariableResult: [
            { ...offlineThreshold, attributeStatus: 'Accepted', attributeValue: '60' },
            { ...authorizeRemoteStart, attributeStatus: 'Accepted', attributeValue: 'true' },
          ],
        },
        clause: '2.0.1 B06',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'B_08',
    title: 'The CSMS asks for no more variables at once than the station takes',
    profile: 'Optional',
    moves: [
      ...booted201,
      asked('GetVariables', {
        order: { getVariableData: [limit('ItemsPerMessage', 'GetVariables')] },
        answer: { getVariableResult: answered([limit('ItemsPerMessage', 'GetVariables')]) },
        clause: '2.0.1 B06',
      }),
      stillThere,
      asked('GetVariables', {
        order: { getVariableData: fiveVariables },
        expect: { getVariableData: fourOrOne },
        answer: { getVariableResult: answered(fiveVariables.slice(0, 4)) },
        save: { firstAsked: '$.getVariableData' },
        clause: '2.0.1 B06.FR.05',
      }),
      asked('GetVariables', {
        expect: { getVariableData: fourOrOne },
        answer: { getVariableResult: answered(fiveVariables.slice(4)) },
        save: { restAsked: '$.getVariableData' },
        clause: '2.0.1 B06.FR.05',
      }),
      everyVariableAsked,
    ],
  }),
  case201({
    id: 'B_09',
    title: 'The CSMS sets one variable',
    profile: 'Core',
    moves: [
      ...booted201,
      asked('SetVariables', {
        order: { setVariableData: [{ ...offlineThreshold, attributeValue: '123' }] },
        expect: {
          setVariableData: [{ ...offlineThreshold, attributeValue: '123', ...actual }],
        },
        answer: { setVariableResult: [{ ...offlineThreshold, attributeStatus: 'Accepted' }] },
        clause: '2.0.1 B05',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'B_10',
    title: 'The CSMS sets several variables at once',
    profile: 'Core',
    feature: 'C-46',
    moves: [
      ...booted201,
      asked('SetVariables', {
        order: {
          setVariableData: [
            { ...offlineThreshold, attributeValue: '123' },
            { ...authorizeRemoteStart, attributeValue: 'false' },
          ],
        },
        expect: {
          setVariableData: eitherWay(
            { ...offlineThreshold, attributeValue: '123', ...actual },
            { ...authorizeRemoteStart, attributeValue: 'false', ...actual },
          ),
        },
        answer: {
          setVariableResult: [
            { ...offlineThreshold, attributeStatus: 'Accepted' },
            { ...authorizeRemoteStart, attributeStatus: 'Accepted' },
          ],
        },
        clause: '2.0.1 B05',
      }),
      stillThere,
    ],
  }),
]
