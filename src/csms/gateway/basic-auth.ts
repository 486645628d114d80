/** User name and password of an `Authorization: Basic` header; the password may be any bytes. */
export interface BasicAuth {
  readonly user: string
  readonly password: Buffer
}

/** Undefined for a header that is absent or no Basic authentication [RFC 7617]. */
export function parseBasicAuth(header: string | undefined): BasicAuth | undefined {
  const match = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')
  if (!match?.[1]) return undefined
  const bytes = Buffer.from(match[1], 'base64')
  const colon = bytes.indexOf(0x3a)
  if (colon < 0) return undefined
  return { user: bytes.subarray(0, colon).toString(), password: bytes.subarray(colon + 1) }
}
