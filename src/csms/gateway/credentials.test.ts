import { describe, expect, test } from 'vitest'
import { Credentials, hashPassword, isPasswordHash } from './credentials.ts'

const digits = 'AbCdEf0123456789aBcDeF0123456789abcdef01'
const bytes = Buffer.from(digits, 'hex')
const text = (password: string) => Buffer.from(password)

describe('Credentials', () => {
  test('[1.6J 6.2] a key of hex digits is right as digits of either case and as their bytes', async () => {
    const plain = new Credentials()
    plain.set('CP1', { plain: digits })
    const hashed = new Credentials()
    hashed.set('CP1', { hash: await hashPassword(digits) })
    for (const given of [text(digits), text(digits.toLowerCase()), bytes]) {
      expect(plain.check('CP1', given)).toBe(true)
      expect(await hashed.check('CP1', given)).toBe(true)
    }
    const wrong = Buffer.from(bytes).fill(0x80, 0, 1)
    expect(plain.check('CP1', wrong)).toBe(false)
    expect(await hashed.check('CP1', wrong)).toBe(false)
  })

  test('a password that is no hex key keeps its case', () => {
    const credentials = new Credentials()
    credentials.set('CP1', { plain: 'Secret-Secret-16' })
    expect(credentials.check('CP1', text('Secret-Secret-16'))).toBe(true)
    expect(credentials.check('CP1', text('secret-secret-16'))).toBe(false)
  })

  test('[1.6 SWP A01.FR.03] a changed password takes the place of the one in the settings', async () => {
    const credentials = new Credentials()
    credentials.set('CP1', { plain: 'the-old-password' })
    credentials.change('CP1', { current: await hashPassword('the-new-password') })
    expect(await credentials.check('CP1', text('the-old-password'))).toBe(false)
    expect(await credentials.check('CP1', text('the-new-password'))).toBe(true)
    expect(credentials.check('CP1', text('the-new-password'))).toBe(true)
  })

  test('while it is not known whether a change was taken, both passwords are right', async () => {
    const credentials = new Credentials()
    credentials.set('CP1', { plain: 'the-old-password' })
    credentials.change('CP1', { next: await hashPassword('the-new-password') })
    for (const right of ['the-old-password', 'the-new-password']) {
      expect(await credentials.check('CP1', text(right))).toBe(true)
    }
    expect(await credentials.check('CP1', text('any-other-password'))).toBe(false)
  })

  test('a first password of a station that had none is asked for, and taken back with the change', async () => {
    const credentials = new Credentials()
    credentials.change('CP1', { next: await hashPassword('the-new-password') })
    expect(credentials.has('CP1')).toBe(true)
    credentials.change('CP1', {})
    expect(credentials.has('CP1')).toBe(false)
  })

  test('hashes are told from other text', async () => {
    const hash = await hashPassword('x')
    expect(isPasswordHash(hash)).toBe(true)
    expect(hash).not.toContain('x$x')
    expect(isPasswordHash('scrypt$1$1$1$a$b')).toBe(false)
    expect(() => new Credentials().set('CP1', { hash: 'plain' })).toThrow(RangeError)
  })
})
