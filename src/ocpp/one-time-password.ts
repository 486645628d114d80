import { hmacSha256 } from './sha256.ts'

/** As the specification has it: 61 characters, without `o`. */
const characters = '0123456789abcdefghijklmnpqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Of WebPaymentsCtrlr. */
export interface OneTimePasswordSettings {
  readonly sharedSecret: string
  /** Seconds. */
  readonly validityTime: number
  readonly length: number
}

/**
 * The time-based one-time password of a payment URL, version `v1` [2.1 C25 TOTP algorithm].
 *
 * @param atMs ms since the epoch
 */
export function oneTimePassword(
  { sharedSecret, validityTime, length }: OneTimePasswordSettings,
  atMs: number,
): string {
  const interval = Math.floor(atMs / 1000 / validityTime)
  const message = new DataView(new ArrayBuffer(8))
  message.setUint32(0, Math.floor(interval / 2 ** 32))
  message.setUint32(4, interval >>> 0)
  const hash = hmacSha256(utf8(sharedSecret), new Uint8Array(message.buffer))
  const offset = (hash[hash.length - 1] ?? 0) & 0x0f
  let password = ''
  for (let at = 0; at < length; at += 1) {
    password += characters[(hash[(offset + at) % hash.length] ?? 0) % characters.length] ?? ''
  }
  return password
}

function utf8(text: string): Uint8Array {
  const bytes = Array.from(encodeURIComponent(text).matchAll(/%(..)|(.)/g), ([, hex, plain]) =>
    hex === undefined ? (plain ?? '').charCodeAt(0) : Number.parseInt(hex, 16),
  )
  return Uint8Array.from(bytes)
}
