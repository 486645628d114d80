import type { UpgradeRequest } from '../../transport/admission.ts'
import { isLoopback, isOwnName } from '../api/access/origin.ts'

/**
 * Whether a web page of another site asks to be a station: any page may open WebSockets to the
 * machines that its reader's browser reaches, and says where it comes from. Stations say nothing of the
 * kind, or the host that they connect to.
 */
export function isForeignPage({ origin, host, remoteAddress }: UpgradeRequest): boolean {
  if (origin === undefined) return false
  if (origin === 'null') return true
  // Some stations send an address without a scheme, no browser does.
  const from = hostNameOf(origin)
  if (from === undefined) return false
  if (from !== hostNameOf(`http://${host ?? ''}`)) return true
  // A name that somebody made point here (DNS rebinding) makes a foreign page look like our own.
  return isLoopback(remoteAddress) && !isOwnName(host ?? '')
}

function hostNameOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname : undefined
}
