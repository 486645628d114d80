import type { ConformanceCase, Move } from '../case.ts'
import { connects, does, refusesHands, shakesHands, turnedAway } from '../moves.ts'
import { any, not, oneOf, type ValueRef, value } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import { accepted201, everyStatus } from './states201.ts'

const protocol = 'ocpp2.0.1'
const secureStation = value('secureStation')
const securePassword = value('securePassword')
const ownCertificate = { cert: value('clientCert'), key: value('clientKey') }
const upgraded = { id: value('upgradeStation'), password: value('upgradePassword') }

const secured = ['secureStation', 'securePassword']
const certified = ['tlsUrl', 'tlsCa', 'secureStation', 'clientCert', 'clientKey']

type Password = string | ValueRef

/** Basic auth: user name is the identity [2.0.1 A00.FR.204]. */
function entersWith(name: string, password: Password): Move {
  return connects(
    name,
    { id: secureStation, password: password },
    { clause: '2.0.1 A00.FR.207', protocol },
  )
}

function refusedWith(name: string, password: Password): Move {
  return turnedAway(name, { id: secureStation, password: password }, '2.0.1 A00.FR.207, A01.FR.03')
}

const bootsWithPassword: readonly Move[] = [
  entersWith('upgrade with the password', securePassword),
  accepted201(),
  ...everyStatus,
]

const basicAuthPassword = {
  component: { name: 'SecurityCtrlr' },
  variable: { name: 'BasicAuthPassword' },
} as const

/** @param to fixture; a CSMS may choose the password by itself: the value is then what it chose */
function passwordSet(to: string, attributeStatus: 'Accepted' | 'Rejected'): Move {
  return asked('SetVariables', {
    order: { setVariableData: [{ ...basicAuthPassword, attributeValue: value(to) }] },
    expect: { setVariableData: [{ ...basicAuthPassword, attributeValue: any }] },
    save: { [to]: '$.setVariableData[0].attributeValue' },
    answer: { setVariableResult: [{ ...basicAuthPassword, attributeStatus }] },
    clause: '2.0.1 A01.FR.02',
  })
}

/** Passwords. */
const passwords: readonly ConformanceCase[] = [
  case201({
    id: 'A_01',
    title: 'A station comes in with its password',
    profile: 'Core',
    needs: secured,
    tags: ['alone'],
    moves: bootsWithPassword,
  }),
  case201({
    id: 'A_02',
    title: 'A station that calls itself by another name is turned away',
    profile: 'Core',
    needs: secured,
    tags: ['alone'],
    moves: [
      turnedAway(
        'the name of another station',
        { id: secureStation, password: securePassword, user: 'CSMS_CONF_OTHER' },
        '2.0.1 A00.FR.207',
      ),
      ...bootsWithPassword,
    ],
  }),
  case201({
    id: 'A_03',
    title: 'A station with a wrong password is turned away',
    profile: 'Core',
    needs: secured,
    tags: ['alone'],
    moves: [refusedWith('a wrong password', 'not-the-password-of-anybody'), ...bootsWithPassword],
  }),
  case201({
    id: 'A_09',
    title: 'The password of a station is changed: the new one counts, the old one no longer',
    profile: 'Core',
    needs: [...secured, 'nextPassword'],
    tags: ['alone'],
    moves: [
      ...bootsWithPassword,
      passwordSet('nextPassword', 'Accepted'),
      entersWith('upgrade with the new password', value('nextPassword')),
      accepted201(),
      ...everyStatus,
      refusedWith('the old password afterwards', securePassword),
      entersWith('upgrade with the new password again', value('nextPassword')),
      accepted201(),
      passwordSet('securePassword', 'Accepted'),
      refusedWith('the new password after it was changed back', value('nextPassword')),
      ...bootsWithPassword,
    ],
  }),
  case201({
    id: 'A_10',
    title: 'A station refuses a new password: the old one still counts',
    profile: 'Core',
    needs: [...secured, 'nextPassword'],
    tags: ['alone'],
    moves: [
      ...bootsWithPassword,
      passwordSet('nextPassword', 'Rejected'),
      refusedWith('the password that was refused', value('nextPassword')),
      ...bootsWithPassword,
    ],
  }),
]

/** The four that every CSMS offers, by the key of its certificate; OpenSSL's names. */
const suites = {
  ec: ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384'],
  rsa: ['AES128-GCM-SHA256', 'AES256-GCM-SHA384'],
} as const

/** Shortest keys, bits [2.0.1 A00.FR.502, A00.FR.503]. */
const shortest = { rsa: 2048, ec: 224 } as const

const everySuite: readonly Move[] = (['ec', 'rsa'] as const).flatMap((key) =>
  suites[key].map((ciphers) =>
    shakesHands(
      `suite ${ciphers}`,
      { version: 'TLSv1.2', ciphers },
      {
        agrees: {
          protocol: 'TLSv1.2',
          cipher: ciphers,
          key,
          keyBits: { $between: [shortest[key], 16_384] },
          serialNumber: not(''),
          fault: '$absent',
        },
        clause: '2.0.1 A00.FR.318, A00.FR.502, A00.FR.503, A00.FR.508',
      },
    ),
  ),
)

const entersOverTls: readonly Move[] = [
  connects(
    'upgrade over TLS',
    { id: secureStation, password: securePassword, tls: {} },
    { clause: '2.0.1 A00.FR.306', protocol },
  ),
  accepted201(),
  ...everyStatus,
]

const entersWithCertificate: readonly Move[] = [
  connects(
    'upgrade with the certificate',
    { id: secureStation, tls: ownCertificate },
    { clause: '2.0.1 A00.FR.403, A00.FR.405', protocol },
  ),
  accepted201(),
  ...everyStatus,
]

const badCertificates = [
  ['of an unknown authority', 'stranger'],
  ['that has expired', 'expired'],
] as const

/** TLS, with a certificate of the server and with one of the station. */
const handshakes: readonly ConformanceCase[] = [
  case201({
    id: 'A_04',
    title: 'The server shows a certificate, with the suites that everybody knows',
    profile: 'Core',
    needs: ['tlsUrl', 'tlsCa', ...secured],
    tags: ['alone'],
    moves: [...everySuite, ...entersOverTls],
  }),
  case201({
    id: 'A_06',
    title: 'The server speaks no TLS below 1.2',
    profile: 'Core',
    needs: ['tlsUrl', 'tlsCa', ...secured],
    tags: ['alone'],
    moves: [
      refusesHands('TLS 1.0', { version: 'TLSv1' }, '2.0.1 A00.FR.315'),
      refusesHands('TLS 1.1', { version: 'TLSv1.1' }, '2.0.1 A00.FR.315'),
      shakesHands(
        'TLS 1.2 or higher',
        {},
        { agrees: { protocol: oneOf('TLSv1.2', 'TLSv1.3') }, clause: '2.0.1 A00.FR.313' },
      ),
      ...entersOverTls,
    ],
  }),
  case201({
    id: 'A_07',
    title: 'A station comes in with its certificate',
    profile: 'Advanced Security',
    needs: certified,
    tags: ['alone'],
    moves: [...everySuite, ...entersWithCertificate],
  }),
  case201({
    id: 'A_08',
    title: 'A station with a certificate that is not to be trusted is turned away',
    profile: 'Advanced Security',
    needs: [...certified, 'strangerCert', 'strangerKey', 'expiredCert', 'expiredKey'],
    tags: ['alone'],
    moves: [
      ...badCertificates.map(([name, whose]) =>
        turnedAway(
          `a certificate ${name}`,
          { id: secureStation, tls: { cert: value(`${whose}Cert`), key: value(`${whose}Key`) } },
          '2.0.1 A00.FR.403, A00.FR.407',
        ),
      ),
      turnedAway(
        'the certificate of another station',
        { id: 'CSMS_CONF_OTHER', tls: ownCertificate },
        '2.0.1 A00.FR.405',
      ),
      ...entersWithCertificate,
    ],
  }),
]

const networkConfigurationPriority = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'NetworkConfigurationPriority' },
} as const

const newProfileFirst: Move = does('the new profile is the first of the order', (scene) => {
  const [priority, slot] = [scene.values.get('priority'), scene.values.get('slot')]
  const first = typeof priority === 'string' ? priority.split(',')[0]?.trim() : undefined
  scene.check('NetworkConfigurationPriority', first === String(slot), {
    detail: `slot ${String(slot)}, order ${String(priority)}`,
    clause: '2.0.1 A05.FR.05',
  })
})

/** The way up: a profile of a connection, its place in the order, a reset. */
const upgrade: ConformanceCase = case201({
  id: 'A_19',
  title: 'A station goes up from security profile 1 to 2: there is no way back',
  profile: 'Core',
  needs: ['upgradeStation', 'upgradePassword', 'tlsUrl'],
  tags: ['alone'],
  moves: [
    connects('upgrade with profile 1', upgraded, { clause: '2.0.1 A00.FR.207', protocol }),
    accepted201(),
    ...everyStatus,
    asked('SetNetworkProfile', {
      order: {
        configurationSlot: 1,
        connectionData: {
          ocppVersion: 'OCPP20',
          ocppTransport: 'JSON',
          ocppCsmsUrl: value('tlsUrl'),
          messageTimeout: 30,
          securityProfile: 2,
          ocppInterface: 'Wired0',
        },
      },
      expect: {
        configurationSlot: any,
        connectionData: {
          ocppVersion: 'OCPP20',
          ocppTransport: 'JSON',
          ocppCsmsUrl: value('tlsUrl'),
          messageTimeout: 30,
          securityProfile: 2,
          ocppInterface: any,
        },
      },
      save: { slot: '$.configurationSlot' },
      answer: { status: 'Accepted' },
      clause: '2.0.1 A05, B09.FR.01',
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
    newProfileFirst,
    asked('Reset', {
      order: { type: 'OnIdle' },
      answer: { status: 'Accepted' },
      clause: '2.0.1 A05.FR.05',
    }),
    connects(
      'upgrade with profile 2',
      { ...upgraded, tls: {} },
      { clause: '2.0.1 A05.FR.05', protocol },
    ),
    accepted201('RemoteReset'),
    ...everyStatus,
    turnedAway('profile 1 afterwards', upgraded, '2.0.1 A05.FR.07'),
  ],
})

/** Who may connect. */
export const connections201: readonly ConformanceCase[] = [...passwords, ...handshakes, upgrade]
