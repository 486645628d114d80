import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  encodeCall,
  encodeCallError,
  encodeCallResult,
  encodeCallResultError,
  encodeSend,
  parseFrame,
} from './frame.ts'

const id = fc.string({ minLength: 1, maxLength: 36 })
const ownId = fc.stringMatching(/^[a-z0-9-]{1,36}$/)
const action = fc.stringMatching(/^[A-Za-z0-9]{1,30}$/)
const payload = fc
  .dictionary(fc.string(), fc.jsonValue(), { maxKeys: 5 })
  .map((value) => JSON.parse(JSON.stringify(value)) as object)

describe('frames', () => {
  test('every CALL that is written is read back the same', () => {
    fc.assert(
      fc.property(ownId, action, payload, (messageId, name, body) => {
        expect(parseFrame(encodeCall(messageId, name, body), 'ocpp1.6')).toEqual({
          frame: { type: 2, id: messageId, action: name, payload: body },
        })
      }),
    )
  })

  test('an answer names the id of its CALL, whatever characters the peer chose', () => {
    fc.assert(
      fc.property(id, payload, (messageId, body) => {
        expect(parseFrame(encodeCallResult(messageId, body), 'ocpp2.0.1')).toEqual({
          frame: { type: 3, id: messageId, payload: body },
        })
      }),
    )
  })

  test.each([
    [60, true],
    [100, false],
    [100_000, false],
  ])('a payload that is nested %i levels deep is taken: %s', (levels, taken) => {
    const data = `${'{"a":['.repeat(levels / 2)}"${'x'.repeat(1024)}"${']}'.repeat(levels / 2)}`
    const { frame, fault } = parseFrame(`[2,"1","DataTransfer",${data}]`, 'ocpp2.0.1')
    expect(frame !== undefined).toBe(taken)
    if (!taken)
      expect(fault).toMatchObject({
        id: '1',
        type: 2,
        reason: expect.stringContaining('deeper than 64 levels'),
      })
  })

  test('no text whatever makes the parser throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const parsed = parseFrame(text, 'ocpp2.1')
        expect(parsed.frame !== undefined || parsed.fault.reason.length > 0).toBe(true)
      }),
    )
  })

  test('[1.6J 4.2.3] a CALLERROR is spelled as each version spells it', () => {
    const text = encodeCallError('ocpp1.6', 'a', 'OccurrenceConstraintViolation', 'missing')
    expect(text).toBe('[4,"a","OccurenceConstraintViolation","missing",{}]')
    expect(encodeCallError('ocpp2.0.1', 'a', 'OccurrenceConstraintViolation', '')).toContain(
      '"OccurrenceConstraintViolation"',
    )
    expect(encodeCallError('ocpp1.6', 'a', 'FormatViolation', '')).toContain('FormationViolation')
    expect(encodeCallError('ocpp1.6', 'a', 'RpcFrameworkError', '')).toContain('GenericError')
  })

  test('[2.0.1 Part 4 4.2.3] an error description is cut at 255 characters', () => {
    const text = encodeCallError('ocpp2.0.1', 'a', 'InternalError', 'x'.repeat(400))
    expect((JSON.parse(text) as string[])[3]).toHaveLength(255)
  })

  test.each([
    ['not JSON', 'hello'],
    ['not JSON', ''],
    ['not a JSON array', '{}'],
    ['not a JSON array', '42'],
    ['message type is not a number', '[]'],
    ['message type is not a number', '["2","a","Heartbeat",{}]'],
    ['message id is not a string', '[2,7,"Heartbeat",{}]'],
    ['message id is not 1 to 36 characters', `[2,"${'x'.repeat(37)}","Heartbeat",{}]`],
    ['message id is not 1 to 36 characters', '[2,"","Heartbeat",{}]'],
    ['action is not a string', '[2,"a"]'],
    ['payload is not an object', '[2,"a","Heartbeat",[]]'],
    ['payload is not an object', '[2,"a","Heartbeat","x"]'],
    ['more than four elements', '[2,"a","Heartbeat",{},1]'],
    ['a CALLRESULT is [3, id, object]', '[3,"a",{},1]'],
    ['error code is not a string', '[4,"a",1,"",{}]'],
    ['unknown message type 9', '[9,"a",{}]'],
  ])('says "%s" of %s', (reason, text) => {
    expect(parseFrame(text, 'ocpp1.6')).toMatchObject({ fault: { reason } })
  })

  test('[1.6J 4.2.1] an absent or null payload reads as {}', () => {
    for (const text of ['[2,"a","Heartbeat"]', '[2,"a","Heartbeat",null]']) {
      expect(parseFrame(text, 'ocpp1.6')).toMatchObject({ frame: { payload: {} } })
    }
  })

  test('an id of exactly 36 characters is accepted', () => {
    const longest = 'x'.repeat(36)
    expect(parseFrame(`[3,"${longest}",{}]`, 'ocpp1.6')).toMatchObject({ frame: { id: longest } })
  })

  test('[2.1 Part 4 4.2] SEND and CALLRESULTERROR exist in 2.1 only', () => {
    const send = encodeSend('a', 'NotifyPeriodicEventStream', { id: 1 })
    const error = encodeCallResultError('a', 'FormatViolation', 'no')
    expect(parseFrame(send, 'ocpp2.1')).toMatchObject({ frame: { type: 6 } })
    expect(parseFrame(error, 'ocpp2.1')).toMatchObject({ frame: { type: 5 } })
    for (const text of [send, error]) {
      expect(parseFrame(text, 'ocpp2.0.1')).toMatchObject({ fault: { unknownType: true } })
    }
  })
})
