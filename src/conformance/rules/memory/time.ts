/** A message tells the same time several times over: it is parsed once. */
let lastText = ''
let lastMs = Number.NaN

/** Milliseconds of a date-time of the wire. */
export function msOf(dateTime: string): number {
  if (dateTime !== lastText) {
    lastText = dateTime
    lastMs = Date.parse(dateTime)
  }
  return lastMs
}

/** Milliseconds, or `otherwise` where nothing was said. */
export function msOr(dateTime: string | undefined, otherwise: number): number {
  return dateTime === undefined ? otherwise : msOf(dateTime)
}
