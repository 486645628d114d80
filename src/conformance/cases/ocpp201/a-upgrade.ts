import type { ConformanceCase, Move } from '../case.ts'
import { connects, does, turnedAway } from '../moves.ts'
import { absent, any, value } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import { accepted201, everyConnector } from './states201.ts'

const upgraded = { id: value('upgradeStation'), password: value('upgradePassword') }

const withProfile1 = { ...upgraded, plain: true } as const

const networkConfigurationPriority = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'NetworkConfigurationPriority' },
} as const

/** The new profile has its place in the order; the station begins with the first [2.0.1 A05.FR.05]. */
const newProfileInOrder: Move = does('the new profile is in the order', (scene) => {
  const [priority, slot] = [scene.values.get('priority'), scene.values.get('slot')]
  const order = typeof priority === 'string' ? priority.split(',').map((one) => one.trim()) : []
  const detail = `slot ${String(slot)}, order ${String(priority)}`
  const clause = '2.0.1 A05.FR.04, A05.FR.05'
  const named = scene.check('NetworkConfigurationPriority', order.includes(String(slot)), {
    detail,
    clause,
  })
  if (!named) return
  const seen = { detail, clause, level: 'SHOULD' } as const
  scene.check('NetworkConfigurationPriority first', order[0] === String(slot), seen)
})

const entersWithProfile2: Move = connects(
  'upgrade with profile 2',
  { ...upgraded, tls: {} },
  { clause: '2.0.1 A00.FR.306, A05.FR.06', protocol: 'ocpp2.0.1' },
)

const newProfile = {
  ocppVersion: 'OCPP20',
  ocppTransport: 'JSON',
  messageTimeout: 30,
  securityProfile: 2,
  ocppInterface: 'Wired0',
} as const

/** The way up: a profile of a connection, its place in the order, a reset. */
export const upgrade201: ConformanceCase = case201({
  id: 'A_19',
  title: 'A station goes up from security profile 1 to 2: there is no way back',
  profile: 'Core',
  feature: 'C-61 or Advanced Security',
  needs: ['upgradeStation', 'upgradePassword', 'plainUrl', 'tlsUrl'],
  tags: ['alone'],
  moves: [
    connects('upgrade with profile 1', withProfile1, {
      clause: '2.0.1 A00.FR.207',
      protocol: 'ocpp2.0.1',
    }),
    accepted201(),
    ...everyConnector,
    asked('SetNetworkProfile', {
      order: {
        configurationSlot: 1,
        connectionData: { ...newProfile, ocppCsmsUrl: value('tlsUrl') },
      },
      // A CSMS may choose its slot, and another place for each profile [errata 2025-09 6.3.6].
      expect: { configurationSlot: any, connectionData: { ...newProfile, ocppCsmsUrl: any } },
      save: { slot: '$.configurationSlot' },
      answer: { status: 'Accepted' },
      clause: '2.0.1 A05.FR.04, B09.FR.01',
    }),
    asked('SetVariables', {
      order: { setVariableData: [{ ...networkConfigurationPriority, attributeValue: '1,0' }] },
      expect: { setVariableData: [{ ...networkConfigurationPriority, attributeValue: any }] },
      save: { priority: '$.setVariableData[0].attributeValue' },
      answer: {
        setVariableResult: [{ ...networkConfigurationPriority, attributeStatus: 'Accepted' }],
      },
      clause: '2.0.1 A05.FR.04',
    }),
    newProfileInOrder,
    asked('Reset', {
      order: { type: 'OnIdle' },
      expect: { type: any, evseId: absent },
      answer: { status: 'Accepted' },
      clause: '2.0.1 A05.FR.05',
    }),
    entersWithProfile2,
    accepted201('RemoteReset'),
    ...everyConnector,
    turnedAway('profile 1 afterwards', withProfile1, '2.0.1 A05.FR.07'),
    entersWithProfile2,
    accepted201(),
  ],
})
