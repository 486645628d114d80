/** Longest identity a station may have [2.0.1 Part 4 3.1.1]. */
const longestIdentity = 48

export type Identity = { readonly stationId: string } | { readonly fault: string }

/**
 * Who a WebSocket URL says it is: the percent-decoded last segment of its path, whatever comes
 * before it. [1.6J 3.1.1] [2.0.1 Part 4 3.1.1]
 * @param url the request target, `/ocpp/RDAM%20123?x=y`
 */
export function identityOf(url: string): Identity {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  const stationId = decoded(path.slice(path.lastIndexOf('/') + 1))
  if (stationId === undefined) {
    return { fault: 'The last path segment, the identity, is not percent-encoded UTF-8.' }
  }
  if (stationId === '') return { fault: "The URL's last path segment must be the identity." }
  if (stationId.length > longestIdentity) {
    return { fault: `The identity is longer than ${longestIdentity} characters.` }
  }
  if (/\p{Cc}/u.test(stationId)) {
    return { fault: 'The identity holds control characters.' }
  }
  return { stationId }
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
