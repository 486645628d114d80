import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { Problem } from '../problem.ts'

/** Whoever passes on what somebody else asks says so in one of these. */
const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const

/**
 * Throws a 403 `Problem` unless the request comes from this machine and from no foreign page: what
 * protects a server without keys.
 */
export function refuseForeign(request: IncomingMessage): void {
  if (!isLoopback(request.socket.remoteAddress ?? '')) {
    throw new Problem(
      403,
      'LOOPBACK_ONLY',
      'Without API keys requests are answered to this machine only: csms serve --api-keys.',
    )
  }
  if (passedOn.some((name) => request.headers[name] !== undefined)) {
    throw new Problem(
      403,
      'LOOPBACK_ONLY',
      'A proxy passed this on; without API keys only this machine is answered: csms serve --api-keys.',
    )
  }
  const { origin, host = '', 'sec-fetch-site': site } = request.headers
  // A web page anywhere can make the operator's browser send requests here; it says where from, if
  // only with the second for what it cannot read.
  const foreign = site === 'cross-site' || site === 'same-site'
  if (foreign || (origin !== undefined && hostOf(origin) !== host)) {
    throw new Problem(403, 'FOREIGN_ORIGIN', 'The API answers no pages of other sites.')
  }
  // A name that somebody made point here (DNS rebinding) makes a foreign page look like our own.
  if (!isOwnName(host)) {
    throw new Problem(403, 'FOREIGN_HOST', `The API does not answer by the name "${host}".`)
  }
}

/** Only for addresses: `127.evil.example` is a name like any other. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && (address === '::1' || /^(::ffff:)?127\./.test(address))
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** An address, or the name that is always this machine's. */
export function isOwnName(host: string): boolean {
  const name = host.replace(/:\d+$/, '')
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0
}
