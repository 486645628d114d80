import type { CustomerInformationRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import { isoTime } from '../../../../shared/clock.ts'
import type { IdToken } from '../../../steps/actor.ts'
import { presentedContracts } from '../certificates/presented-contracts.ts'
import { localLists, tokenKey } from '../local-list/local-lists.ts'
import type { Station2x } from '../station-2x.ts'
import { transactionAt } from './event-data.ts'

type Reference = Pick<
  CustomerInformationRequest,
  'idToken' | 'customerIdentifier' | 'customerCertificate'
>

/** A customer identifier may be a token of any of these [2.0.1 IdTokenEnumType] [2.1 appendix 7]. */
const tokenTypes = [
  'Central',
  'DirectPayment',
  'eMAID',
  'EVCCID',
  'ISO14443',
  'ISO15693',
  'KeyCode',
  'Local',
  'MacAddress',
  'VIN',
]

/** The tokens of a customer, as far as a station can tell: by certificate, who came with it. */
export function tokensOf(station: Station2x, reference: Reference): readonly IdToken[] {
  const { idToken, customerIdentifier, customerCertificate } = reference
  const named = customerIdentifier === undefined ? [] : tokenTypes
  const presented =
    customerCertificate && presentedContracts.existing(station)?.tokenOf(customerCertificate)
  return [
    ...(idToken ? [{ idToken: idToken.idToken, type: idToken.type }] : []),
    ...(presented ? [presented] : []),
    ...named.map((type) => ({ idToken: customerIdentifier ?? '', type })),
  ]
}

/** What the station knows of them, a line each [2.0.1 N09.FR.05]. */
export function knownOf(station: Station2x, tokens: readonly IdToken[]): readonly string[] {
  const known = tokens.flatMap((token) => [
    ...cached(station, token),
    ...listed(station, token),
    ...charging(station, token),
  ])
  return [...known, ...reserved(station, tokens)]
}

/** All of it goes but what the CSMS keeps here, and what is in use just now [2.0.1 N10.FR.03]. */
export function forget(station: Station2x, tokens: readonly IdToken[]): void {
  for (const token of tokens) {
    station.services.memory.forgetCached(tokenKey(token))
    presentedContracts.existing(station)?.forget(token)
  }
}

function cached({ services }: Station2x, token: IdToken): string[] {
  const known = services.memory.cached(tokenKey(token))
  if (!known) return []
  const { status, expiresMs, groupId } = known
  const expiry = expiresMs === undefined ? '' : `, until ${isoTime(expiresMs)}`
  return [`authorization cache: ${shown(token)} is ${status}${group(groupId)}${expiry}`]
}

function listed(station: Station2x, token: IdToken): string[] {
  const entry = localLists.existing(station)?.get(tokenKey(token))
  if (!entry) return []
  const { status, groupIdToken } = entry
  return [`local authorization list: ${shown(token)} is ${status}${group(groupIdToken?.idToken)}`]
}

function charging(station: Station2x, token: IdToken): string[] {
  const present = station.services.evses.filter(
    ({ authorization }) => authorization && tokenKey(authorization.token) === tokenKey(token),
  )
  return present.map(({ id }) => {
    const transactionId = transactionAt(station, id)
    const transaction = transactionId === undefined ? '' : `, transaction ${transactionId}`
    return `EVSE ${id}: ${shown(token)} is authorized${transaction}`
  })
}

/** Reservations know no type of their tokens. */
function reserved({ services }: Station2x, tokens: readonly IdToken[]): string[] {
  const texts = new Set(tokens.map(({ idToken }) => idToken.toLowerCase()))
  return [...(services.memory.reservations?.values() ?? [])]
    .filter(({ idToken }) => texts.has(idToken.toLowerCase()))
    .map(
      ({ id, idToken, expiresMs }) => `reservation ${id}: ${idToken}, until ${isoTime(expiresMs)}`,
    )
}

function shown({ idToken, type }: IdToken): string {
  return `${type} ${idToken}`
}

function group(groupId: string | undefined): string {
  return groupId === undefined ? '' : ` in group ${groupId}`
}
