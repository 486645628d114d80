/** A URL without user and password, and without its query, which may hold a key. */
export function withoutSecrets(url: string): string {
  return url.replace(/:\/\/[^/]*@/, '://').replace(/\?.*$/, '')
}
