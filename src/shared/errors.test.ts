import { describe, expect, test } from 'vitest'
import { CsmsError, codeOf, csmsError, messageOf, stackOf } from './errors.ts'
import { exitCodes, foremostExitCode } from './exit-codes.ts'

describe('errors', () => {
  test('carry their code, exit code and a sentence that names the subject', () => {
    const error = csmsError('CSMS_PORT_IN_USE', { host: '127.0.0.1', port: 9000 })
    expect(error).toBeInstanceOf(CsmsError)
    expect(error).toMatchObject({ code: 'CSMS_PORT_IN_USE', exit: 104 })
    expect(error.message).toContain('127.0.0.1:9000')
  })
})

describe('what was thrown', () => {
  const missing = Object.assign(new Error('no such file'), { code: 'ENOENT' })

  test('is told in its own words, also where it is no error', () => {
    expect([missing, 'no', 7].map(messageOf)).toEqual(['no such file', 'no', '7'])
  })

  test('is told with where it came from, for those who mend it', () => {
    expect(stackOf(missing)).toMatch(/^Error: no such file\n +at /)
    expect(stackOf('no')).toBe('no')
  })

  test('has a code where somebody gave it one', () => {
    const misused = csmsError('CSMS_USAGE', { message: '' })
    expect([missing, misused, new Error('boom'), 'ENOENT'].map(codeOf)).toEqual([
      'ENOENT',
      'CSMS_USAGE',
      undefined,
      undefined,
    ])
  })
})

describe('exit codes', () => {
  test('the foremost of several wins', () => {
    expect(foremostExitCode([99, 3])).toBe(exitCodes.conformance)
    expect(foremostExitCode([99, 5, 4])).toBe(exitCodes.targetUnreachable)
    expect(foremostExitCode([108, 105, 1])).toBe(exitCodes.internalFault)
    expect(foremostExitCode([])).toBe(exitCodes.passed)
  })
})
