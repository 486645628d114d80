import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { StationPeer, stationTemplate, validators } from '../../../../test/helpers/station-peer.ts'
import type { CallOutcome } from '../../../ocpp/rpc/call.ts'
import { protocol2x } from './protocol.ts'

const protocol = protocol2x('ocpp2.0.1', validators)
let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

function open(evses = 1): Promise<StationPeer> {
  const [evse] = stationTemplate.evses
  peer = new StationPeer(protocol, { evses: evse ? Array.from({ length: evses }, () => evse) : [] })
  peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
  return peer.booted()
}

const outcomes: CallOutcome[] = []
async function issue(action: string, payload?: object): Promise<void> {
  outcomes.length = 0
  peer.station.issue({
    action,
    payload,
    intendedMicros: 0,
    dueMicros: 0,
    done: (outcome) => outcomes.push(outcome),
  })
  await peer.clock.run(1000)
  expect(outcomes).toMatchObject([{ kind: 'result' }])
}

const told = () =>
  peer.heard.map(({ action, payload }) => [action, payload['eventType']].filter(Boolean).join(' '))

describe('drawn calls', () => {
  test('begin and end transactions in turn, without further messages', async () => {
    await open()
    await issue('StartTransaction')
    await issue('MeterValues')
    await issue('StopTransaction')
    await issue('MeterValues')
    expect(told()).toEqual([
      'TransactionEvent Started',
      'TransactionEvent Updated',
      'TransactionEvent Ended',
      'MeterValues',
    ])
    expect(peer.sent().map((payload) => payload['seqNo'])).toEqual([0, 1, 2, undefined])
    expect(peer.station.books()).toMatchObject([
      { startAcknowledged: true, stopAcknowledged: true },
    ])
  })

  test('that are not legal now become their counterpart', async () => {
    await open()
    await issue('StopTransaction')
    await issue('StartTransaction')
    expect(told()).toEqual(['TransactionEvent Started', 'TransactionEvent Ended'])
  })

  test('spread over the EVSEs', async () => {
    await open(3)
    for (let i = 0; i < 3; i += 1) await issue('StartTransaction')
    expect(new Set(peer.station.books().map((entry) => entry.evse))).toEqual(new Set([1, 2, 3]))
    await issue('StartTransaction')
    expect(told().at(-1)).toBe('TransactionEvent Ended')
  })

  test('go out under their own names where the version has them', async () => {
    await open()
    const names = [
      'Authorize',
      'StatusNotification',
      'Heartbeat',
      'DataTransfer',
      'BootNotification',
    ]
    peer.answers.set('DataTransfer', () => ({ status: 'UnknownVendorId' }))
    for (const name of names) await issue(name)
    expect(peer.actions()).toEqual(names)
  })

  test('carry the payload that they were given', async () => {
    await open()
    peer.answers.set('DataTransfer', () => ({ status: 'Accepted' }))
    await issue('DataTransfer', { vendorId: 'mine' })
    expect(peer.sent('DataTransfer')).toEqual([{ vendorId: 'mine' }])
  })

  test('in any order leave registers that never fall and books that the frames agree with', async () => {
    const action = fc.constantFrom('StartTransaction', 'StopTransaction', 'MeterValues')
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
        await open(2)
        for (const name of actions) await issue(name)
        const ends = peer.sent('TransactionEvent').filter((e) => e['eventType'] === 'Ended')
        const stopped = peer.station.books().filter((entry) => entry.stoppedAt !== undefined)
        expect(ends.map(registers)).toEqual(
          stopped
            .sort((a, b) => (a.stoppedAt ?? '').localeCompare(b.stoppedAt ?? ''))
            .map((entry) => [entry.meterStartWh, entry.meterWh]),
        )
        for (const [begin, end] of ends.map(registers))
          expect(end).toBeGreaterThanOrEqual(begin ?? 0)
      }),
      { numRuns: 40 },
    )
  })
})

function registers(event: Record<string, unknown>): number[] {
  const readings = event['meterValue'] as readonly {
    readonly sampledValue: readonly { readonly value: number }[]
  }[]
  return readings.flatMap((reading) => reading.sampledValue.map((sample) => sample.value))
}
