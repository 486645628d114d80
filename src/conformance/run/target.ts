import type { KeyPair, StationTls } from '../../ocpp/dial.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { ConnectAs } from '../cases/case.ts'
import type { Credentials } from '../play/probe.ts'
import type { Fixtures } from './fixtures.ts'

/** A CSMS as stations reach it. */
export interface Target {
  /** `{id}` in it, or the end of its path, is the identity. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly tls?: StationTls
}

/** How a station of a case introduces itself: as the fixtures say, or as the case wants. */
export function credentialsOf(
  { url, headers, tls }: Target,
  {
    version,
    stationId,
    fixtures,
    as,
  }: {
    readonly version: OcppVersion
    readonly stationId: string
    readonly fixtures: Fixtures
    readonly as: ConnectAs<string>
  },
): Credentials {
  const id = as.id ?? stationId
  const client = clientOf(as)
  // A certificate says who it is [1.6 SWP 2.5] [2.0.1 A00.FR.401].
  const password = as.password ?? (client || as.anonymous ? undefined : fixtures.password)
  const user = as.user ?? id
  const secret = Buffer.from(`${user}:${password ?? ''}`, 'utf8').toString('base64')
  const { tlsCa: ca = tls?.ca } = fixtures
  const station: StationTls = { ca, client: as.tls ? client : tls?.client }
  const { plainUrl = url, tlsUrl = url } = fixtures
  return {
    url: urlFor(as.tls ? tlsUrl : as.plain ? plainUrl : url, id),
    protocols: as.protocols ?? [version],
    compression: as.compression,
    headers: { ...headers, ...(password !== undefined && { Authorization: `Basic ${secret}` }) },
    tls: () => station,
  }
}

function clientOf({ tls: { cert, key } = {} }: ConnectAs<string>): KeyPair | undefined {
  return cert === undefined || key === undefined ? undefined : { cert, key }
}

/** The fixtures with what the target says by itself. */
export function fixturesOf({ url }: Target, fixtures: Fixtures): Fixtures {
  return url.startsWith('wss:') ? { tlsUrl: url, ...fixtures } : { plainUrl: url, ...fixtures }
}

/** [1.6J 3.1.1] [2.0.1 Part 4 3.1.1] */
function urlFor(base: string, stationId: string): string {
  const id = encodeURIComponent(stationId)
  if (base.includes('{id}')) return base.replaceAll('{id}', id)
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${id}`
  return url.href
}
