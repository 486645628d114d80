/** A message tells the same time several times over: it is parsed once. */
let lastText = ''
let lastMs = Number.NaN

/** What most times begin with, `2026-05-01T12`: the rest of them is five small numbers. */
let hour = '-'
let hourMs = Number.NaN

const minuteAt = 14
const secondAt = 17
const millisecondAt = 20
const lengthWithSeconds = 20
const lengthWithMilliseconds = 24
const zero = 48
const utc = 90

/** Milliseconds of a date-time of the wire, which its schema has checked. `Date.parse` takes 0.3 µs. */
export function msOf(dateTime: string): number {
  if (dateTime !== lastText) {
    lastText = dateTime
    lastMs = parsed(dateTime)
  }
  return lastMs
}

/** Milliseconds, or `otherwise` where nothing was said. */
export function msOr(dateTime: string | undefined, otherwise: number): number {
  return dateTime === undefined ? otherwise : msOf(dateTime)
}

function parsed(text: string): number {
  const { length } = text
  const usual = length === lengthWithMilliseconds || length === lengthWithSeconds
  if (!usual || text.charCodeAt(length - 1) !== utc) return Date.parse(text)
  if (!text.startsWith(hour)) {
    hour = text.slice(0, 13)
    hourMs = Date.parse(`${hour}:00:00Z`)
  }
  const minutes = twoDigits(text, minuteAt)
  const seconds = twoDigits(text, secondAt)
  const whole = hourMs + minutes * 60_000 + seconds * 1000
  if (length === lengthWithSeconds) return whole
  return whole + (text.charCodeAt(millisecondAt) - zero) * 100 + twoDigits(text, millisecondAt + 1)
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - zero) * 10 + text.charCodeAt(at + 1) - zero
}
