import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { oneTimePassword } from './one-time-password.ts'
import { hmacSha256, sha256 } from './sha256.ts'

test('hashes as the platform does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (message) => {
      expect(sha256(message)).toEqual(new Uint8Array(createHash('sha256').update(message).digest()))
    }),
  )
})

test('authenticates as the platform does, with keys of any length', () => {
  const bytes = fc.uint8Array({ maxLength: 150 })
  fc.assert(
    fc.property(bytes, bytes, (key, message) => {
      expect(hmacSha256(key, message)).toEqual(
        new Uint8Array(createHmac('sha256', key).update(message).digest()),
      )
    }),
  )
})

test('[2.1 C25] a password holds for its time, and is of its length and its alphabet', () => {
  const settings = { sharedSecret: 'sésame', validityTime: 30, length: 8 }
  const at = (ms: number) => oneTimePassword(settings, ms)
  const start = 1_767_225_600_000
  expect(at(start)).toMatch(/^[0-9a-np-zA-Z]{8}$/)
  expect(at(start + 29_999)).toBe(at(start))
  expect(at(start + 30_000)).not.toBe(at(start))
  expect(oneTimePassword({ ...settings, sharedSecret: 'other' }, start)).not.toBe(at(start))
  expect(oneTimePassword({ ...settings, length: 32 }, start)).toHaveLength(32)
})

test('[2.1 C25] the hash is of eight bytes, the interval, and read from where its last byte says', () => {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(58_907_520n)
  const hash = createHmac('sha256', 'secret').update(message).digest()
  const offset = (hash.at(-1) ?? 0) & 15
  const alphabet = '0123456789abcdefghijklmnpqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const expected = [0, 1, 2, 3, 4, 5].map((n) => alphabet[(hash[(offset + n) % 32] ?? 0) % 61])
  const settings = { sharedSecret: 'secret', validityTime: 30, length: 6 }
  expect(oneTimePassword(settings, 58_907_520 * 30_000)).toBe(expected.join(''))
})
