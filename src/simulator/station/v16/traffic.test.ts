import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refuse, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import type { CallOutcome } from '../../../ocpp/rpc/call.ts'
import type { IssuedCall } from '../../executors/load-station.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)

async function booted(evseCount = 1) {
  const bench = new StationPeer(protocol, {
    evses: Array.from({ length: evseCount }, () => ({
      connectors: ['cType2'],
      maxPowerW: 22_000,
      phases: 3,
      current: 'AC',
    })),
    configuration: { TransactionMessageAttempts: '1' },
  })
  let next = 0
  bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  bench.answers.set('DataTransfer', () => ({ status: 'UnknownVendorId' }))
  bench.answers.set('StartTransaction', () => {
    next += 1
    return { transactionId: next, idTagInfo: { status: 'Accepted' } }
  })
  return bench.booted()
}

class Issued implements IssuedCall {
  readonly action: string
  readonly payload: object | undefined
  readonly intendedMicros = 0
  readonly dueMicros = 0
  readonly outcomes: CallOutcome[] = []

  constructor(action: string, payload?: object) {
    this.action = action
    this.payload = payload
  }

  done(outcome: CallOutcome): void {
    this.outcomes.push(outcome)
  }
}

async function issue(bench: StationPeer, action: string, payload?: object) {
  const call = new Issued(action, payload)
  bench.station.issue(call)
  await bench.clock.run(1000)
  return call.outcomes
}

describe('1.6 traffic', () => {
  test('[1.6 5.13] drawn transactions leave reserved connectors alone, or use their own', async () => {
    const bench = await booted(2)
    const expiryDate = new Date(bench.clock.wallMs() + 3_600_000).toISOString()
    const reserve = (connectorId: number, idTag: string) =>
      bench.call('ReserveNow', { connectorId, idTag, reservationId: connectorId, expiryDate })
    await reserve(1, 'STRANGER')
    await reserve(2, bench.station.ownToken.idToken)
    await issue(bench, 'StartTransaction')
    expect(bench.sent('StartTransaction')).toMatchObject([{ connectorId: 2, reservationId: 2 }])
    await issue(bench, 'StartTransaction')
    expect(bench.sent('StartTransaction')).toHaveLength(1)
    expect(bench.sent('StopTransaction')).toHaveLength(1)
  })

  test('one CALL drawn is one CALL sent, from the state the station is in', async () => {
    const bench = await booted()
    for (const action of [
      'Authorize',
      'StatusNotification',
      'StartTransaction',
      'MeterValues',
      'StopTransaction',
      'MeterValues',
      'Heartbeat',
      'BootNotification',
      'DataTransfer',
    ]) {
      expect(await issue(bench, action)).toMatchObject([{ kind: 'result' }])
      expect(bench.actions().at(-1)).toBe(action)
    }
    expect(bench.actions().length).toBe(9)
    expect(bench.sent('MeterValues').map(({ transactionId }) => transactionId)).toEqual([
      1,
      undefined,
    ])
    expect(bench.findings).toEqual([])
  })

  test('a start where all is busy is a stop, and a stop where nothing is open is a start', async () => {
    const bench = await booted(2)
    for (let i = 0; i < 3; i += 1) await issue(bench, 'StartTransaction')
    for (let i = 0; i < 2; i += 1) await issue(bench, 'StopTransaction')
    expect(bench.actions()).toEqual([
      'StartTransaction',
      'StartTransaction',
      'StopTransaction',
      'StopTransaction',
      'StartTransaction',
    ])
  })

  test('a payload of the scenario goes out as it is', async () => {
    const bench = await booted()
    await issue(bench, 'DataTransfer', { vendorId: 'V', data: 'x' })
    expect(bench.sent('DataTransfer')).toEqual([{ vendorId: 'V', data: 'x' }])
  })

  test('offline nothing is drawn: the caller hears so at once', async () => {
    const bench = await booted()
    bench.cut()
    await bench.clock.run(0)
    const call = new Issued('StartTransaction')
    bench.station.issue(call)
    expect(call.outcomes).toEqual([{ kind: 'unsent', reason: 'closed' }])
    expect(bench.station.books()).toEqual([])
  })

  test('whatever is drawn, the books hold every transaction and each call is done once', async () => {
    const action = fc.constantFrom(
      'StartTransaction',
      'StopTransaction',
      'MeterValues',
      'StatusNotification',
      'refuse',
      'accept',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (draws) => {
        const bench = await booted(2)
        const accept = bench.answers.get('StartTransaction')
        for (const draw of draws) {
          if (draw === 'refuse') bench.answers.set('StartTransaction', refuse)
          else if (draw === 'accept' && accept) bench.answers.set('StartTransaction', accept)
          else expect((await issue(bench, draw)).length).toBe(1)
        }
        const books = bench.station.books()
        expect(books.length).toBe(bench.sent('StartTransaction').length)
        const stopped = books.filter(({ stoppedAt }) => stoppedAt !== undefined)
        expect(stopped.length).toBe(bench.sent('StopTransaction').length)
        for (const { meterStartWh, meterWh } of books) {
          expect(meterWh).toBeGreaterThanOrEqual(meterStartWh)
        }
        expect(bench.findings).toEqual([])
      }),
      { numRuns: 50 },
    )
  })
})
