import { list, object } from '../../document/fields/collections.ts'
import { type Field, mapped, optional } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { integer, text } from '../../document/fields/scalars.ts'
import type { Problem } from '../../document/problem.ts'
import { type DocumentSource, readDocument } from '../../document/read-document.ts'
import type { ReadFile } from '../../document/reader.ts'
import type { Environment } from '../../document/yaml-tree.ts'
import type { Fixtures } from './fixtures.ts'

/** What a fixtures file says; what it does not say is as it always is. */
export interface FixturesPlan {
  /** Identities that the CSMS knows, at least two; undefined: it lets everybody in. */
  readonly stations: readonly string[] | undefined
  readonly fixtures: Partial<Fixtures>
}

const token = text({ wants: 'an idToken', longest: 36 })
const identity = text({ wants: 'an identity like CP1', longest: 100 })
const identities = mapped(list(identity, 'a list of identities'), (given, node, reader) => {
  if (given.length >= 2) return given
  return reader.report(node.span, 'At least two identities: some cases are about two stations.')
})
const exi = text({ wants: 'base64', pattern: /^[A-Za-z0-9+/]+=*$/, longest: 11_000 })
const secret = text({ wants: 'a password', longest: 100 })
const address = text({ wants: 'a URL', pattern: /^[a-z]+:\/\/\S+$/, longest: 2000 })

/** PEM, or the file that holds it. */
const pem: Field<string> = mapped(
  text({ wants: 'PEM, or a file that holds it', longest: 1_000_000 }),
  (value, node, reader) => {
    if (value.includes('-----BEGIN ')) return value
    const read = reader.readFile(value)
    if ('error' in read) return reader.report(node.span, `Cannot read ${value}: ${read.error}.`)
    if (read.text.includes('-----BEGIN ')) return read.text
    return reader.report(node.span, `${value} holds no PEM.`)
  },
)

/** The whole file. */
export const fixturesFile = object(
  {
    stations: optional(
      identities,
      'Identities that the CSMS knows, at least two; each two of them play a case beside the others, and those beyond that take turns.',
      'CSMS_CONF_01 and so on',
    ),
    token: optional(token, 'An accepted token.'),
    token2: optional(token, 'Accepted, and of the group of `token`.'),
    group: optional(token, 'Group of both: parentIdTag, groupIdToken.'),
    masterToken: optional(token, 'Accepted; may stop what anybody began.'),
    masterGroup: optional(token, 'Group of `masterToken`.'),
    blockedToken: optional(token, 'A blocked one.'),
    expiredToken: optional(token, 'An expired one.'),
    invalidToken: optional(token, 'One that nobody knows.'),
    tokenType: optional(text({ longest: 20 }), 'IdTokenEnumType of all of them in 2.x.'),
    password: optional(secret, 'Basic auth of the stations.', 'they have none'),
    secureStation: optional(
      identity,
      'A station that must introduce itself with `securePassword`; cases change it, and put it back.',
    ),
    securePassword: optional(secret, 'Its password.'),
    nextPassword: optional(secret, 'What it is changed to.'),
    upgradeStation: optional(
      identity,
      'As `secureStation`; goes up to a higher security profile, and never comes down again.',
    ),
    upgradePassword: optional(secret, 'Its password.'),
    pendingModel: optional(
      text({ wants: 'a model', longest: 20 }),
      'A station of this model is Pending when it boots first, and accepted later (2.x).',
    ),
    pipeStation: optional(identity, 'A station with a pipe in its identity.'),
    spaceStation: optional(identity, 'A station with a space in its identity.'),
    exiRequest: optional(exi, 'What a vehicle asks for its contract with: EXI in base64.'),
    longStation: optional(identity, 'A station whose identity has 48 characters.'),
    plainUrl: optional(address, 'Where the CSMS listens without TLS, ws://…, beside a wss target.'),
    tlsUrl: optional(address, 'Where the CSMS listens with TLS, wss://…'),
    tlsCa: optional(pem, 'The root that its certificate comes from.'),
    clientCert: optional(pem, 'Client certificate of `secureStation` with its chain.'),
    clientKey: optional(pem, 'The key of `clientCert`.'),
    strangerCert: optional(pem, 'The same name from an authority that the CSMS does not trust.'),
    strangerKey: optional(pem, 'The key of `strangerCert`.'),
    expiredCert: optional(pem, 'From the right authority, and of the past.'),
    expiredKey: optional(pem, 'The key of `expiredCert`.'),
    organization: optional(text({ longest: 64 }), 'O of client certificates.'),
    centralRoot: optional(pem, 'A root of the CSMS that stations are to trust.'),
    manufacturerRoot: optional(pem, 'A root of the manufacturer.'),
    v2gRoot: optional(pem, 'The root of what vehicles are shown.'),
    emaid: optional(token, 'A contract: an accepted token of type eMAID.'),
    emaid2: optional(token, 'Another contract of the same vehicle (2.1).'),
    contractChain: optional(pem, 'Its certificate with its chain, without the root.'),
    revokedChain: optional(pem, 'As `contractChain`, of a certificate that was revoked.'),
    energyToken: optional(token, 'Accepted; its transactions are limited in energy (2.1).'),
    timeToken: optional(token, 'Accepted; its transactions are limited in time (2.1).'),
    prepaidToken: optional(
      token,
      'Prepaid, with credit: its transactions are limited to it (2.1).',
    ),
    noCreditToken: optional(token, 'Prepaid, without credit (2.1).'),
    tariffToken: optional(token, 'Accepted; its driver has a tariff of his own (2.1).'),
    paymentUrl: optional(
      address,
      'Where the payment page of QR codes is reached: its scheme, host and port (2.1).',
    ),
    vatNumber: optional(
      text({ wants: 'a VAT number', longest: 20 }),
      'Of a company that the CSMS knows (2.1).',
    ),
    firmwareCertificate: optional(pem, 'Of who signed what is at `firmwareUrl`.'),
    firmwareSignature: optional(text({ longest: 2000 }), 'The signature, base64.'),
    unknownStation: optional(
      identity,
      'An identity that the CSMS does not know, where it lets only known ones in.',
    ),
    connectors: optional(integer({ min: 1, max: 100 }), 'Connectors of each station.', '2'),
    callTimeout: optional(
      duration({ min: 1, max: 600_000 }),
      'When the CSMS gives a CALL up that nobody answers.',
      '30s',
    ),
    firmwareUrl: optional(address, 'Where stations fetch firmware from.'),
    uploadUrl: optional(address, 'Where stations bring logs to.'),
    guardedUploadUrl: optional(
      address,
      'Where logs are taken from nobody but who has the name and the password that stand in it, http://name:password@… (2.1).',
    ),
    guardedUploadTlsUrl: optional(address, 'The same over TLS, https://name:password@… (2.1).'),
  },
  { wants: 'fixtures like {token: CARD7}', ignore: 'x-' },
)

/** Every key of a fixtures file with what it is. */
export const fixtureKeys: readonly (readonly [key: string, summary: string])[] = Object.entries(
  fixturesFile.shape,
).map(([key, { summary }]) => [key, summary])

/** Checks a fixtures file; all its problems come at once. */
export function loadFixtures(
  source: DocumentSource,
  environment: Environment,
  readFile: ReadFile,
): { readonly plan: FixturesPlan } | { readonly problems: readonly Problem[] } {
  const read = readDocument(source, {}, environment, {}, { readFile })
  if ('problems' in read) return read
  const { root, reader } = read
  const given = fixturesFile.parse(root, reader)
  if (!given || reader.problems.length > 0) return { problems: reader.problems }
  const { stations, callTimeout, ...said } = given
  const named = { ...said, callTimeoutMs: callTimeout }
  const fixtures = Object.fromEntries(
    Object.entries(named).filter(([, value]) => value !== undefined),
  )
  return { plan: { stations, fixtures } }
}
