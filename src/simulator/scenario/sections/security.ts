import { object } from '../../../document/fields/collections.ts'
import { type Field, mapped, optional, withDefault } from '../../../document/fields/field.ts'
import { boolean, integer, oneOf, text } from '../../../document/fields/scalars.ts'
import type { Reader } from '../../../document/reader.ts'
import { entryOf, type SourceNode } from '../../../document/source-node.ts'
import type { SecurityProfile } from '../../../ocpp/security-profile.ts'
import type { SecurityPlan } from '../plan.ts'

const file = text({ wants: 'the path of a PEM file', longest: 1000 })

const shape = object(
  {
    profile: withDefault(
      integer({ min: 0, max: 3 }),
      'Security profile: 1 password, 2 password within TLS, 3 client certificate within TLS.',
      2,
    ),
    ca: optional(
      file,
      'Authorities that the stations trust, beside the scenario.',
      "the embedded CSMS's, or the system's",
    ),
    cert: optional(
      file,
      'Client certificate with its chain; {id} is the identity.',
      'one of their own from the embedded CSMS',
    ),
    key: optional(file, 'Its key.'),
    tls: optional(oneOf(['1.2', '1.3']), 'The only version they speak.', 'both'),
    resume: withDefault(
      boolean(),
      'A station that reconnects uses the keys of its last connection.',
      true,
    ),
    authorizationKey: withDefault(
      oneOf(['text', 'bytes']),
      'How they read hexadecimal digits of AuthorizationKey: as the password, or as its bytes.',
      'text',
    ),
  },
  { wants: 'a security profile like 2 or {profile: 3, ca: pki/trust.pem}', shorthand: 'profile' },
)

/** How the stations of a fleet prove who they are, and what protects the connection. */
export const security: Field<SecurityPlan> = mapped(shape, (given, node, reader) => {
  const { profile, cert, key, ca, ...rest } = given
  if ((cert === undefined) !== (key === undefined)) {
    return reader.report(node.span, '"cert" and "key" go together.')
  }
  const authorities = ca === undefined ? undefined : authoritiesIn(ca, node, reader)
  if (ca !== undefined && authorities === undefined) return undefined
  const client =
    cert === undefined || key === undefined
      ? undefined
      : { cert: reader.pathOf(cert), key: reader.pathOf(key) }
  return { ...rest, profile: profile as SecurityProfile, ca: authorities, client }
})

function authoritiesIn(path: string, node: SourceNode, reader: Reader): string | undefined {
  if (reader.beforeCertificates) return ''
  const entry = node.kind === 'map' ? entryOf(node, 'ca') : undefined
  const span = entry?.value.span ?? node.span
  const read = reader.readFile(path)
  if ('error' in read) return reader.report(span, `Cannot read ${path}: ${read.error}.`)
  if (read.text.includes('-----BEGIN CERTIFICATE-----')) return read.text
  return reader.report(span, `${path} holds no certificate in PEM.`)
}
