/** A URL without its user and password, which are nobody's business later. */
export function withoutCredentials(location: string): string {
  return location.replace(/^([A-Za-z][A-Za-z0-9+.-]*:\/\/)[^/?#]*@/, '$1')
}
