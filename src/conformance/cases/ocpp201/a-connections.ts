import type { ConformanceCase, Move, Offer } from '../case.ts'
import { connects, refusesHands, shakesHands, turnedAway, wait } from '../moves.ts'
import { any, not, oneOf, type ValueRef, value } from '../values.ts'
import { entersWithCertificate } from './a-entering.ts'
import { namesItsHost, wrongStation } from './a-identities.ts'
import { upgrade201 } from './a-upgrade.ts'
import { asked, case201 } from './moves201.ts'
import { accepted201, everyConnector, stillThere } from './states201.ts'

const protocol = 'ocpp2.0.1'
const secureStation = value('secureStation')
const securePassword = value('securePassword')
const ownCertificate = { cert: value('clientCert'), key: value('clientKey') }

/** Over TCP alone, and over TLS. */
const passwordClause = '2.0.1 A00.FR.207, A00.FR.324'

const secured = ['secureStation', 'securePassword']
const certified = ['tlsUrl', 'tlsCa', 'secureStation', 'clientCert', 'clientKey']

type Password = string | ValueRef

/** Basic auth: user name is the identity [2.0.1 A00.FR.204]. */
function entersWith(name: string, password: Password): Move {
  return connects(name, { id: secureStation, password }, { clause: passwordClause, protocol })
}

function refusedWith(name: string, password: Password, clause = passwordClause): Move {
  return turnedAway(name, { id: secureStation, password }, clause)
}

const bootsWithPassword: readonly Move[] = [
  entersWith('upgrade with the password', securePassword),
  accepted201(),
  ...everyConnector,
]

const basicAuthPassword = {
  component: { name: 'SecurityCtrlr' },
  variable: { name: 'BasicAuthPassword' },
} as const

/** Nobody says how soon a CSMS has to have stored a password; milliseconds. */
const storedWithinMs = 500

/** @param to fixture; a CSMS may choose the password by itself: the value is then what it chose */
function passwordSet(to: string, attributeStatus: 'Accepted' | 'Rejected'): readonly Move[] {
  return [
    asked('SetVariables', {
      order: { setVariableData: [{ ...basicAuthPassword, attributeValue: value(to) }] },
      expect: { setVariableData: [{ ...basicAuthPassword, attributeValue: any }] },
      save: { [to]: '$.setVariableData[0].attributeValue' },
      answer: { setVariableResult: [{ ...basicAuthPassword, attributeStatus }] },
      clause: '2.0.1 A01.FR.02',
    }),
    stillThere,
    wait(storedWithinMs),
  ]
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
        '2.0.1 A00.FR.204, A00.FR.207, A00.FR.303, A00.FR.324',
      ),
      ...bootsWithPassword,
    ],
  }),
  case201({
    id: 'A_03',
    title: 'A station without a password, or with a wrong one, is turned away',
    profile: 'Core',
    needs: secured,
    tags: ['alone'],
    moves: [
      turnedAway('no password', { id: secureStation, anonymous: true }, passwordClause),
      refusedWith('a wrong password', 'not-the-password-of-anybody'),
      ...bootsWithPassword,
    ],
  }),
  case201({
    id: 'A_09',
    title: 'The password of a station is changed: the new one counts, the old one no longer',
    profile: 'Core',
    needs: [...secured, 'nextPassword'],
    tags: ['alone'],
    moves: [
      ...bootsWithPassword,
      ...passwordSet('nextPassword', 'Accepted'),
      entersWith('upgrade with the new password', value('nextPassword')),
      accepted201(),
      ...everyConnector,
      refusedWith('the old password afterwards', securePassword, '2.0.1 A01.FR.03'),
      entersWith('upgrade with the new password again', value('nextPassword')),
      accepted201(),
      ...passwordSet('securePassword', 'Accepted'),
      refusedWith(
        'the new password after it was changed back',
        value('nextPassword'),
        '2.0.1 A01.FR.03',
      ),
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
      ...passwordSet('nextPassword', 'Rejected'),
      refusedWith('the password that was refused', value('nextPassword'), '2.0.1 A01.FR.04'),
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

/** @param shown what the station shows where the CSMS wants to see who it is */
function everySuite(shown: Offer = {}, clauses = 'A00.FR.318'): readonly Move[] {
  return (['ec', 'rsa'] as const).flatMap((key) =>
    suites[key].map((ciphers) =>
      shakesHands(
        `suite ${ciphers}`,
        { version: 'TLSv1.2', ciphers, ...shown },
        {
          agrees: {
            protocol: 'TLSv1.2',
            cipher: ciphers,
            key,
            keyBits: { $between: [shortest[key], 16_384] },
            serialNumber: not(''),
            fault: '$absent',
          },
          clause: `2.0.1 ${clauses}, A00.FR.502, A00.FR.503, A00.FR.508`,
        },
      ),
    ),
  )
}

const entersOverTls: readonly Move[] = [
  connects(
    'upgrade over TLS',
    { id: secureStation, password: securePassword, tls: {} },
    { clause: '2.0.1 A00.FR.306, A00.FR.324', protocol },
  ),
  accepted201(),
  ...everyConnector,
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
    moves: [...everySuite(), namesItsHost, ...entersOverTls],
  }),
  case201({
    id: 'A_06',
    title: 'The server speaks no TLS below 1.2',
    profile: 'Core',
    needs: ['tlsUrl', 'tlsCa', ...secured],
    tags: ['alone'],
    moves: [
      refusesHands('TLS 1.0', { version: 'TLSv1' }, '2.0.1 A00.FR.315, A00.FR.418'),
      refusesHands('TLS 1.1', { version: 'TLSv1.1' }, '2.0.1 A00.FR.315, A00.FR.418'),
      shakesHands(
        'TLS 1.2 or higher',
        {},
        {
          agrees: { protocol: oneOf('TLSv1.2', 'TLSv1.3') },
          clause: '2.0.1 A00.FR.313, A00.FR.416',
        },
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
    moves: [
      ...everySuite({ client: ownCertificate }, 'A00.FR.421'),
      ...entersWithCertificate,
      ...everyConnector,
    ],
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
      wrongStation,
      ...entersWithCertificate,
      ...everyConnector,
    ],
  }),
]

/** Who may connect. */
export const connections201: readonly ConformanceCase[] = [...passwords, ...handshakes, upgrade201]
