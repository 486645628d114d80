import type { ConnectFailure } from '../dial.ts'
import type { OcppVersion } from '../version.ts'
import { type Finding, finding } from './findings.ts'

/** The first status of HTTP that says that something is wrong. */
const firstError = 400
/** It says how a client may prove who it is [RFC 9110 15.5.2]. */
const unauthorized = 401

/**
 * What a connection that did not come about proves of the server; undefined: nothing.
 *
 * @param challenge as `DialResult.failed` tells it
 */
export function handshakeFinding(
  version: OcppVersion,
  failure: ConnectFailure,
  detail: string,
  httpStatus: number | undefined,
  challenge: string | null | undefined,
): Finding | undefined {
  if (failure === 'protocol') {
    // To agree on none is legal where no version is spoken by both [1.6J 3.2].
    if (/no subprotocol/i.test(detail)) return undefined
    const rule = /subprotocol/i.test(detail) ? 'RPC_SUBPROTOCOL' : 'RPC_UPGRADE'
    return finding(rule, version, detail, '')
  }
  if (httpStatus === undefined) return undefined
  if (httpStatus < firstError) return finding('RPC_UPGRADE_STATUS', version, detail, '')
  return httpStatus === unauthorized && challenge === null
    ? finding('RPC_UPGRADE_CHALLENGE', version, `${detail} without WWW-Authenticate`, '')
    : undefined
}
