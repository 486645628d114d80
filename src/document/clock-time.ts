const shape = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

/** `18:00` and `6:30:15` as milliseconds since midnight; undefined where it is none. */
export function parseClockTime(text: string): number | undefined {
  const match = shape.exec(text.trim())
  if (!match) return undefined
  const [, hours, minutes, seconds = '0'] = match
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
}

const dayMs = 86_400_000

/** `18:00`, with seconds where there are some; days wrap. */
export function formatClockTime(ms: number): string {
  const seconds = Math.round((((ms % dayMs) + dayMs) % dayMs) / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60]
  if (seconds % 60 !== 0) parts.push(seconds % 60)
  return parts.map(two).join(':')
}
