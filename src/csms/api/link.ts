/** The header that names the next page of a list; none where this is the last. */
export function linkTo(
  path: string,
  query: object,
  after: string | number | undefined,
): Readonly<Record<string, string>> {
  if (after === undefined) return {}
  const next = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...query, after })) {
    if (value !== undefined) next.set(name, String(value))
  }
  return { Link: `<${path}?${next.toString()}>; rel="next"` }
}
