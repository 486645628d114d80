import type { ConformanceCase, Move } from '../case.ts'
import { connects, refusesHands, shakesHands, turnedAway } from '../moves.ts'
import { any, not, type ValueRef, value } from '../values.ts'
import { asked, case16 } from './moves16.ts'
import { alive, boot, connectors, status } from './states16.ts'

const group = 'Security'
const protocol = 'ocpp1.6'

const secureStation = value('secureStation')
const securePassword = value('securePassword')
const upgraded = { id: value('upgradeStation'), password: value('upgradePassword') }
const withProfile1 = { ...upgraded, plain: true } as const

/** Basic auth: the user name is the identity [1.6 SWP A00.FR.204]. */
function entersWith(
  name: string,
  password: string | ValueRef,
  clause = '1.6 SWP A00.FR.203',
): Move {
  return connects(name, { id: secureStation, password }, { clause, protocol })
}

function refusedWith(name: string, password: string | ValueRef, clause: string): Move {
  return turnedAway(name, { id: secureStation, password }, clause)
}

function passwordChanged(to: string): Move {
  return asked('ChangeConfiguration', {
    order: { key: 'AuthorizationKey', value: value(to) },
    expect: { key: 'AuthorizationKey', value: any },
    // A CSMS may choose it by itself.
    save: { [to]: '$.value' },
    answer: { status: 'Accepted' },
    clause: '1.6 SWP A01.FR.02',
  })
}

/** The four that every CSMS offers; OpenSSL's names. */
const suites = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
]

/** 112 bits of security [1.6 SWP A00.FR.501 to A00.FR.503]. */
const strongKey = { rsa: { $between: [2048, 16_384] }, ec: { $between: [224, 1024] } } as const

/** Passwords, TLS, certificates of both sides, subprotocols. */
export const securityConnections16: readonly ConformanceCase[] = [
  case16({
    id: '073',
    title: 'The password of a station is changed: the new one counts, the old one no longer',
    group,
    needs: ['secureStation', 'securePassword', 'nextPassword'],
    tags: ['alone'],
    moves: [
      entersWith('upgrade with the old password', securePassword),
      boot,
      ...connectors,
      passwordChanged('nextPassword'),
      refusedWith('the old password afterwards', securePassword, '1.6 SWP A01.FR.03'),
      entersWith('upgrade with the new password', value('nextPassword'), '1.6 SWP A01.FR.03'),
      boot,
      passwordChanged('securePassword'),
      refusedWith('the password in between', value('nextPassword'), '1.6 SWP A01.FR.03'),
      entersWith('upgrade with the old password again', securePassword, '1.6 SWP A01.FR.03'),
      boot,
    ],
  }),
  case16({
    id: '083',
    title: 'A station goes up from security profile 1 to 2: there is no way back',
    group,
    needs: ['plainUrl', 'tlsUrl', 'upgradeStation', 'upgradePassword'],
    tags: ['alone'],
    // Of this case the field tells the title only; its steps are those of the white paper.
    stability: 'provisional',
    moves: [
      connects('upgrade with profile 1', withProfile1, { clause: '1.6 SWP A00.FR.203', protocol }),
      boot,
      ...connectors,
      asked('ChangeConfiguration', {
        order: { key: 'SecurityProfile', value: '2' },
        answer: { status: 'Accepted' },
        clause: '1.6 SWP A05',
      }),
      // It goes by itself: nobody has to reset it [1.6 SWP A05.FR.06].
      connects(
        'upgrade with profile 2',
        { ...upgraded, tls: {} },
        {
          clause: '1.6 SWP A05.FR.07',
          protocol,
        },
      ),
      boot,
      ...connectors,
      turnedAway('profile 1 afterwards', withProfile1, '1.6 SWP A05.FR.09'),
    ],
  }),
  case16({
    id: '085',
    title: 'A station comes in with its password, and nobody without it',
    group,
    needs: ['secureStation', 'securePassword'],
    tags: ['alone'],
    moves: [
      refusedWith('a wrong password', 'not-the-password-of-anybody', '1.6 SWP A00.FR.202'),
      turnedAway(
        'the name of another station',
        { id: secureStation, password: securePassword, user: 'CSMS_CONF_OTHER' },
        '1.6 SWP A00.FR.204',
      ),
      entersWith('upgrade with the password', securePassword),
      boot,
      ...connectors,
    ],
  }),
  case16({
    id: '086',
    title: 'The server shows a certificate, with the suites that everybody knows',
    group,
    needs: ['tlsUrl', 'secureStation', 'securePassword'],
    tags: ['alone'],
    moves: [
      ...suites.map((ciphers) => {
        const key = ciphers.includes('ECDSA') ? 'ec' : 'rsa'
        return shakesHands(
          `suite ${ciphers}`,
          { version: 'TLSv1.2', ciphers },
          {
            agrees: {
              protocol: 'TLSv1.2',
              cipher: ciphers,
              key,
              keyBits: strongKey[key],
              serialNumber: not(''),
              fault: '$absent',
            },
            clause: '1.6 SWP A00.FR.317, A00.FR.502, A00.FR.503, A00.FR.508',
          },
        )
      }),
      refusesHands('TLS 1.1', { version: 'TLSv1.1' }, '1.6 SWP A00.FR.312, A00.FR.314'),
      connects(
        'upgrade over TLS',
        { id: secureStation, password: securePassword, tls: {} },
        { clause: '1.6 SWP A00.FR.302, A00.FR.311', protocol },
      ),
      boot,
      ...connectors,
    ],
  }),
  case16({
    id: '087',
    title: 'A station comes in with its certificate, and nobody with one of another kind',
    group,
    needs: ['tlsUrl', 'secureStation', 'clientCert', 'clientKey', 'strangerCert', 'strangerKey'],
    tags: ['alone'],
    moves: [
      turnedAway(
        'a certificate of an unknown authority',
        { id: secureStation, tls: { cert: value('strangerCert'), key: value('strangerKey') } },
        '1.6 SWP A00.FR.403, A00.FR.407',
      ),
      connects(
        'upgrade with the certificate',
        { id: secureStation, tls: { cert: value('clientCert'), key: value('clientKey') } },
        { clause: '1.6 SWP A00.FR.402', protocol },
      ),
      boot,
      ...connectors,
    ],
  }),
  case16({
    id: '088',
    title: 'Of several subprotocols the one that is known is chosen; unknown ones are turned away',
    group: 'Core',
    // OCPP-J itself lets the server open the connection and close it at once.
    stability: 'provisional',
    moves: [
      turnedAway('ocpp0.1 alone', { protocols: ['ocpp0.1'] }, '1.6J 3.1.2, 3.2'),
      connects(
        'ocpp1.6 out of two',
        { protocols: ['ocpp0.1', 'ocpp1.6'] },
        { clause: '1.6J 3.1.2, 3.2', protocol },
      ),
      boot,
      status(0, 'Available'),
      alive,
    ],
  }),
]
