import type { IncomingMessage } from 'node:http'
import { Problem } from './problem.ts'

/** Throws a 403 `Problem` unless the request comes from this machine and from no foreign page. */
export function refuseForeign(request: IncomingMessage): void {
  if (!isLoopback(request.socket.remoteAddress ?? '')) {
    throw new Problem(403, 'LOOPBACK_ONLY', 'The API answers requests from its own machine only.')
  }
  // A web page anywhere can make the operator's browser send requests here; it says where from.
  const { origin, host } = request.headers
  if (origin !== undefined && origin !== `http://${host ?? ''}`) {
    throw new Problem(403, 'FOREIGN_ORIGIN', 'The API answers no pages of other sites.')
  }
}

export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}
