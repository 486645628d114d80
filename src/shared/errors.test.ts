import { describe, expect, test } from 'vitest'
import { CsmsError, csmsError } from './errors.ts'
import { exitCodes, foremostExitCode } from './exit-codes.ts'

describe('errors', () => {
  test('carry their code, exit code and a sentence that names the subject', () => {
    const error = csmsError('CSMS_PORT_IN_USE', { host: '127.0.0.1', port: 9000 })
    expect(error).toBeInstanceOf(CsmsError)
    expect(error).toMatchObject({ code: 'CSMS_PORT_IN_USE', exit: 104 })
    expect(error.message).toContain('127.0.0.1:9000')
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
