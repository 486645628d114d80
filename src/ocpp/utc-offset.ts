/** Milliseconds that local time is ahead of UTC, of `+02:00`; undefined: it is no such text. */
export function utcOffsetMs(text: string | undefined): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d\d):([0-5]\d)$/.exec(text ?? '') ?? []
  if (sign === undefined) return undefined
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -size : size
}
