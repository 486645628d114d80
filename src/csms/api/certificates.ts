import type { LedgerEntry, RevocationReason } from '../../platform/pki/ledger.ts'
import { certificateRoles, revocationReasons } from '../../platform/pki/ledger.ts'
import type { CertificateDesk } from '../authority.ts'
import { jsonBody } from './body.ts'
import { sendJsonArray } from './json-stream.ts'
import { linkTo } from './link.ts'
import { choiceParameter, flagParameter, textParameter, wholeParameter } from './parameters.ts'
import { Problem, sendJson } from './problem.ts'
import { type Route, route } from './route.ts'
import { pageOf } from './rows.ts'
import { list, ref } from './schema.ts'

const listCertificates = route({
  method: 'GET',
  path: '/api/v1/certificates',
  id: 'listCertificates',
  tag: 'Certificates',
  summary: 'What the authority issued, in that order, and what became of it',
  role: 'viewer',
  query: {
    role: choiceParameter('Only those for this.', certificateRoles),
    stationId: textParameter('Only those of this station.'),
    revoked: flagParameter('Only those that were revoked, or were not.'),
    limit: wholeParameter('So many at most; then a Link header names the next page.', 1),
    after: textParameter('The serial number to go on from.'),
  },
  answers: {
    200: {
      description: 'The certificates, without themselves.',
      schema: list('Certificates.', ref('Certificate')),
      headers: { Link: '`</api/v1/certificates?...>; rel="next"`, where there is a next page.' },
    },
  },
  problems: [404],
  async handle({ response, query, services }) {
    const { ledger } = deskOf(services.certificates)
    const meant = certificatesMeant(ledger.entries(), query)
    const { rows, next } = pageOf(
      meant,
      query.limit,
      (entry) => entry,
      ({ serial }) => serial,
    )
    await sendJsonArray(response, rows, linkTo('/api/v1/certificates', query, next))
  },
})

const getCertificate = route({
  method: 'GET',
  path: '/api/v1/certificates/{serial}',
  id: 'getCertificate',
  tag: 'Certificates',
  summary: 'One certificate, and what became of it',
  role: 'viewer',
  answers: { 200: { description: 'The certificate.', schema: ref('Certificate') } },
  problems: [404],
  handle({ response, path: { serial }, services }) {
    const entry = deskOf(services.certificates).ledger.entry(serial)
    if (!entry) throw unknownCertificate(serial)
    sendJson(response, 200, entry)
  },
})

const revokeCertificate = route({
  method: 'POST',
  path: '/api/v1/certificates/{serial}/revoke',
  id: 'revokeCertificate',
  tag: 'Certificates',
  summary: 'Revoke a certificate: no handshake with it succeeds from now on',
  description:
    'Connections that rest on it are closed, one that was not delivered yet is not, and the revocation list is signed anew. What was revoked already stays as it was.',
  role: 'admin',
  body: jsonBody<{ readonly reason?: RevocationReason }>(
    'Why; `unspecified` where it is left out.',
    {
      type: 'object',
      properties: { reason: { type: 'string', enum: revocationReasons } },
      additionalProperties: false,
    },
    { required: false },
  ),
  answers: { 200: { description: 'The certificate as it is now.', schema: ref('Certificate') } },
  problems: [404],
  async handle({ response, path: { serial }, body, services, caller }) {
    const { certificates, operations, hub } = services
    const { reason = 'unspecified' } = body
    const entry = await deskOf(certificates).revoke(serial, reason)
    if (!entry) throw unknownCertificate(serial)
    const { serial: certificateSerial, station: stationId } = entry
    await operations.endConnections({ certificateSerial }, 'Its certificate was revoked')
    const told = entry.revoked?.reason ?? reason
    const by = caller.name
    hub.publish({
      type: 'certificateRevoked',
      serial: certificateSerial,
      stationId,
      reason: told,
      by,
    })
    sendJson(response, 200, entry)
  },
})

interface CertificateQuery {
  readonly role: string | undefined
  readonly stationId: string | undefined
  readonly revoked: boolean | undefined
  readonly after: string | undefined
}

/** After a serial number that is not there comes nothing. */
function* certificatesMeant(
  entries: Iterable<LedgerEntry>,
  { role, stationId, revoked, after }: CertificateQuery,
): Generator<LedgerEntry> {
  let isBehind = after === undefined
  for (const entry of entries) {
    if (!isBehind) {
      isBehind = entry.serial === after
      continue
    }
    if (role !== undefined && entry.role !== role) continue
    if (stationId !== undefined && entry.station !== stationId) continue
    if (revoked === undefined || (entry.revoked !== undefined) === revoked) yield entry
  }
}

function deskOf(certificates: CertificateDesk | undefined): CertificateDesk {
  if (certificates) return certificates
  throw new Problem(404, 'NO_AUTHORITY', 'There is no authority here: serve with --ca.')
}

function unknownCertificate(serial: string): Problem {
  return new Problem(404, 'UNKNOWN_CERTIFICATE', `There is no certificate ${serial}.`)
}

export const certificateRoutes: readonly Route[] = [
  listCertificates,
  getCertificate,
  revokeCertificate,
]
