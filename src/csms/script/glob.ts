/** Whether an identity is meant by `CP-*`, `CP?` or its own name. */
export function isMeant(stationId: string, glob: string): boolean {
  const source = glob.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&')
  return new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su').test(stationId)
}

/** Whether a text is a pattern, and no identity. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text)
}
