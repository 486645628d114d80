import { isIP } from 'node:net'
import { InvalidArgumentError } from 'commander'
import { parseQuantity } from '../document/units.ts'

/** Makes an argument parser for whole numbers from `low` to `high`. */
export function whole(low: number, high: number = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text)
    if (/^-?\d+$/.test(text.trim()) && value >= low && value <= high) return value
    const range = high === Number.MAX_SAFE_INTEGER ? `from ${low} on` : `from ${low} to ${high}`
    throw new InvalidArgumentError(`It must be a whole number ${range}.`)
  }
}

/** A number above zero. */
export function positive(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('It must be a number above 0.')
}

/** `30s`, `5min`, `1h30min`, in milliseconds; `0` too. */
export function duration(text: string): number {
  if (text.trim() === '0') return 0
  const quantity = parseQuantity(text)
  if (quantity?.dimension === 'duration') return quantity.value
  throw new InvalidArgumentError('It must be a duration like 500ms, 30s or 5min.')
}

/** As `duration`, and not `0`. */
export function lasting(text: string): number {
  const ms = duration(text)
  if (ms > 0) return ms
  throw new InvalidArgumentError('It must be longer than 0.')
}

/** A date and time of RFC 3339, as it is written. */
export function instant(text: string): string {
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
  if (form.test(text) && !Number.isNaN(Date.parse(text))) return text
  throw new InvalidArgumentError('It must be a date and time like 2027-01-01T00:00:00Z.')
}

/** A URL with one of these schemes. */
export function url(...schemes: readonly string[]) {
  return (text: string): string => {
    const given = URL.canParse(text) ? new URL(text).protocol.slice(0, -1) : ''
    if (schemes.includes(given)) return text
    throw new InvalidArgumentError(`It must be a URL like ${schemes[0] ?? ''}://127.0.0.1:9000.`)
  }
}

/** Makes an argument parser for an option that may be repeated. */
export function gathered<Value>(parse: (text: string) => Value) {
  return (text: string, before: readonly Value[] = []): Value[] => [...before, parse(text)]
}

/** `a,b`, gathered. */
export function words(text: string, before: readonly string[] = []): string[] {
  const given = text.split(',').map((word) => word.trim())
  if (given.every((word) => word !== '')) return [...before, ...given]
  throw new InvalidArgumentError('It must be words with commas between.')
}

/** An IPv4 or IPv6 address, not a name. */
export function ipAddress(text: string): string {
  if (isIP(text) !== 0) return text
  throw new InvalidArgumentError('It must be an IP address like 192.0.2.7.')
}

/** `Name: value` or `Name=value`, gathered. */
export function header(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*[:=]\s*(.*)$/.exec(text)
  if (!match) throw new InvalidArgumentError('It must be of the form "Name: value".')
  return { ...before, [match[1] ?? '']: match[2] ?? '' }
}

/** `host:port:address`, gathered as addresses by `host:port`; IPv6 may stand in brackets. */
export function resolution(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const match = /^(\[[\da-f:.]+\]|[^:[\]]+):(\d+):\[?([^[\]]+)\]?$/i.exec(text)
  const [, host = '', port = '', address = ''] = match ?? []
  if (isIP(address) === 0 || Number(port) < 1 || Number(port) > 65_535) {
    throw new InvalidArgumentError('It must be of the form csms.example:443:192.0.2.7.')
  }
  return { ...before, [`${host.replace(/^\[|\]$/g, '')}:${port}`]: address }
}

/** `name=value`, gathered. */
export function setting(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const match = /^([A-Za-z_]\w*)\s*=(.*)$/s.exec(text)
  if (!match) throw new InvalidArgumentError('It must be of the form name=value.')
  return { ...before, [match[1] ?? '']: (match[2] ?? '').trim() }
}

/** A salt of message ids: what fits into 36 characters beside station and ordinal. */
export function runId(text: string): string {
  if (/^[A-Za-z0-9]{1,10}$/.test(text)) return text
  throw new InvalidArgumentError('It must be 1 to 10 letters and digits.')
}
