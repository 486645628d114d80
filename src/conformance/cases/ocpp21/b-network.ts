import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { ordered } from '../../play/order.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { regex } from '../values.ts'
import { asked, case21 } from './moves21.ts'
import { booted21, stillThere } from './states21.ts'

type Row = RequestOf<Actions21, 'SetVariables'>['setVariableData'][number]

/** Free in the stations of these cases; 0 is in use. */
const slot = '1'

const url = 'wss://csms.example/ocpp'

/** Long enough for a password of 2.1, 16 to 64 characters. */
const password = '89abcdef0123456789abcdef'

/** Over a mobile network, without a VPN [2.1 B09.FR.29, FR.30]. */
const settings = {
  OcppCsmsUrl: url,
  OcppInterface: 'Wireless0',
  OcppTransport: 'JSON',
  MessageTimeout: '30',
  SecurityProfile: '2',
  Identity: 'CSMS_CONF_MOVED',
  BasicAuthPassword: password,
  Apn: 'internet.example',
  ApnAuthentication: 'AUTO',
  ApnEnabled: 'true',
  VpnEnabled: 'false',
  ApnUserName: 'station',
  ApnPassword: 'of the station',
} as const

const variables: readonly Row[] = Object.entries(settings).map(([name, attributeValue]) => ({
  component: { name: 'NetworkConfiguration', instance: slot },
  variable: { name },
  attributeValue,
}))

/** Which variable a row is about: `NetworkConfiguration[1].Identity`. */
function nameOf({ component, variable }: Row): string {
  const instance = component.instance === undefined ? '' : `[${component.instance}]`
  return `${component.name}${instance}.${variable.name}`
}

/** A password is the business of the CSMS; everything else is to be what was ordered. */
function isAsOrdered(row: Row, wanted: Row): boolean {
  if (row.variable.name === 'BasicAuthPassword') return /^.{16,64}$/u.test(row.attributeValue)
  return row.attributeValue === wanted.attributeValue
}

function rowsOf(payload: object): readonly Row[] {
  const { setVariableData } = payload as { readonly setVariableData?: readonly Row[] }
  return setVariableData ?? []
}

/** The CSMS sets these variables, in one message or in several, and no others. */
function set(wanted: readonly Row[], clause: string): Move {
  const names = wanted.map(nameOf)
  return does(
    `the CSMS is made to set ${names.join(', ')}`,
    async (scene) => {
      const { probe, timeoutMs } = scene.stage
      const order = { action: 'SetVariables', payload: { setVariableData: wanted } }
      const came = new Map<string, Row>()
      let frame: number | undefined
      let incoming = await ordered(scene, order)
      while (incoming) {
        const rows = rowsOf(incoming.payload)
        frame = incoming.frame
        probe.result(incoming, {
          setVariableResult: rows.map(({ component, variable, attributeType = 'Actual' }) => ({
            component,
            variable,
            attributeType,
            attributeStatus: 'Accepted',
          })),
        })
        for (const row of rows) came.set(nameOf(row), row)
        const all = names.every((name) => came.has(name))
        incoming = all ? undefined : await probe.arrivals.next('SetVariables', timeoutMs)
      }
      const missing = wanted.filter((row) => !came.has(nameOf(row)))
      const other = [...came].filter(([name, row]) => {
        const ordered = wanted.find((one) => nameOf(one) === name)
        return !ordered || !isAsOrdered(row, ordered)
      })
      scene.check('SetVariables', missing.length + other.length === 0, {
        detail: `${listed('missing', missing.map(nameOf))}; ${listed(
          'not as ordered',
          other.map(([name]) => name),
        )}`,
        clause,
        frame,
      })
    },
    ['SetVariables'],
  )
}

function listed(what: string, names: readonly string[]): string {
  return `${what}: ${names.join(', ') || 'nothing'}`
}

const connectionData = {
  ocppTransport: 'JSON',
  ocppCsmsUrl: url,
  messageTimeout: 30,
  securityProfile: 2,
  ocppInterface: 'Wired0',
  identity: 'CSMS_CONF_MOVED',
} as const

/** Where stations connect to, and as whom [2.1 B09]. */
export const network21: readonly ConformanceCase[] = [
  case21({
    id: 'B_100',
    title: 'The CSMS sets a network connection profile with an identity and a password',
    profile: 'Core',
    moves: [
      ...booted21,
      asked('SetNetworkProfile', {
        order: {
          configurationSlot: Number(slot),
          connectionData: { ...connectionData, basicAuthPassword: password },
        },
        expect: {
          configurationSlot: Number(slot),
          connectionData: { ...connectionData, basicAuthPassword: regex('^.{16,64}$') },
        },
        answer: { status: 'Accepted' },
        clause: '2.1 B09.FR.01, B09.FR.14',
      }),
      stillThere,
    ],
  }),
  case21({
    id: 'B_105',
    title: 'The CSMS sets a network connection variable by variable',
    profile: 'Core',
    moves: [...booted21, set(variables, '2.1 B09.FR.29, B09.FR.30'), stillThere],
  }),
]
