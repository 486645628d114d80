import { describe, expect, test } from 'vitest'
import { officialValidators } from '../../platform/official-validators.ts'
import { PayloadValidators } from '../schemas.ts'
import type { Actions16 } from '../v16/actions.ts'
import type { Actions201 } from '../v201/actions.ts'
import { type Handler, RpcService } from './service.ts'

const validators = new PayloadValidators(officialValidators)

describe('Handler', () => {
  test('a handler with a wrong shape does not compile', () => {
    const right: Handler<Actions16, 'Authorize', undefined> = (request) => ({
      idTagInfo: { status: request.idTag === 'A' ? 'Accepted' : 'Invalid' },
    })
    const wrongStatus: Handler<Actions16, 'Authorize', undefined> = () => ({
      // @ts-expect-error: 1.6 has no status Unknown
      idTagInfo: { status: 'Unknown' },
    })
    // @ts-expect-error: the answer of 2.x is another
    const wrongVersion: Handler<Actions201, 'Authorize', undefined> = () => ({
      idTagInfo: { status: 'Accepted' },
    })
    // @ts-expect-error: 1.6 has no such action
    const wrongAction: Handler<Actions16, 'TransactionEvent', undefined> = () => ({})
    for (const handler of [right, wrongStatus, wrongVersion, wrongAction]) {
      expect(handler).toBeTypeOf('function')
    }
  })
})

describe('RpcService', () => {
  test('knows for each side what its peer may send', () => {
    const csms = new RpcService('ocpp1.6', 'csms', {}, validators)
    const station = new RpcService('ocpp1.6', 'station', {}, validators)
    expect(csms.action('BootNotification')?.legal).toBe(true)
    expect(station.action('BootNotification')?.legal).toBe(false)
    expect(station.action('Reset')?.legal).toBe(true)
    expect(csms.action('DataTransfer')?.legal).toBe(true)
    expect(station.action('DataTransfer')?.legal).toBe(true)
  })

  test('names that a peer made up are not known, not even those every object has', () => {
    const csms = new RpcService('ocpp1.6', 'csms', {}, validators)
    for (const name of ['Nope', 'toString', '__proto__', 'constructor', '']) {
      expect(csms.action(name)).toBeUndefined()
    }
  })
})
