/** Milliseconds of a date-time of the wire. */
export function msOf(dateTime: string): number {
  return Date.parse(dateTime)
}

/** Milliseconds, or `otherwise` where nothing was said. */
export function msOr(dateTime: string | undefined, otherwise: number): number {
  return dateTime === undefined ? otherwise : msOf(dateTime)
}
