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
  const fault = identityFault(stationId)
  return fault === undefined ? { stationId } : { fault }
}

/** Why no station can have this identity, in a sentence; undefined where one can. */
export function identityFault(stationId: string): string | undefined {
  if (stationId === '') return 'The identity is empty.'
  if (stationId.length > longestIdentity) {
    return `The identity is longer than ${longestIdentity} characters.`
  }
  // What cannot be seen makes one station look like another, wherever its name is shown.
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(stationId)
    ? 'The identity holds invisible characters.'
    : undefined
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
