import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'
import { StationPeer, validators } from '../../../test/helpers/station-peer.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { protocol16 } from '../../simulator/station/v16/protocol16.ts'
import { Judge } from './judge.ts'
import { Memory } from './memory/memory.ts'
import { partOf } from './rule-book.ts'
import { rules } from './rules.ts'
import type { Passage } from './sequence.ts'

describe('wherever frames pass', () => {
  test('a station is judged by the csms that it connects to', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const start = { connectorId: 1, idTag: 'TAG', meterStart: 500 }
    await station.ask('StartTransaction', { ...start, timestamp: '2026-01-01T00:00:00Z' })
    await station.ask('StartTransaction', { ...start, timestamp: '2026-01-01T00:10:00Z' })
    const { findings } = csms.domain.counters.snapshot()
    expect(findings).toMatchObject({
      TX_TWO_AT_ONCE: { level: 'MUST', count: 1, samples: [{ stationId: 'CP1' }] },
    })
    expect(findings['TX_TWO_AT_ONCE']?.samples[0]?.frame).toContain('T00:10:00Z')
  })

  test('what a station did on a connection before is not held against it', async () => {
    const csms = memoryCsms()
    const start = { connectorId: 1, idTag: 'TAG', meterStart: 500 }
    const before = await csms.boot('CP1')
    await before.ask('StartTransaction', { ...start, timestamp: '2026-01-01T00:00:00Z' })
    const after = await csms.boot('CP1')
    await after.ask('StartTransaction', { ...start, timestamp: '2026-01-01T00:10:00Z' })
    expect(csms.domain.counters.snapshot().findings).toEqual({})
  })

  test('a CSMS is judged by every simulated station', async () => {
    const bench = new StationPeer(protocol16(validators))
    await bench.booted()
    await bench.call('UnlockConnector', { connectorId: 0 })
    expect(bench.brokenByCsms).toHaveLength(1)
    expect(bench.brokenByCsms[0]).toContain('COMMAND_CONNECTOR_ZERO')
  })
})

const passages: readonly Passage[] = rules.flatMap((rule) => {
  const part = partOf(rule, 'ocpp2.1')
  return part ? [...part.breaks, ...part.nearly] : []
})

describe('Judge', () => {
  test('takes every exchange in any order, and finds nothing once it is told to excuse', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...passages), { maxLength: 60 }),
        fc.constantFrom('station' as const, 'csms' as const),
        fc.nat(60),
        (sequence, judged, excusedAt) => {
          const found: string[] = []
          const listener = { found: ({ rule }: { readonly rule: string }) => found.push(rule) }
          const judge = new Judge('ocpp2.1', judged, listener, new VirtualClock())
          let atExcuse = 0
          sequence.forEach(({ by, action, request, response }, at) => {
            if (at === excusedAt) {
              judge.excuse()
              atExcuse = found.length
            }
            const peerAsks = by === judged
            judge.asked(peerAsks ? 'peer' : 'self', `m${at}`, action, request, '')
            if (!response) return
            judge.answered(peerAsks ? 'self' : 'peer', `m${at}`, action, request, response, '')
          })
          if (sequence.length > excusedAt) expect(found).toHaveLength(atExcuse)
        },
      ),
    )
  })
})

test('the memory of a connection is bounded', () => {
  const memory = new Memory()
  for (let at = 0; at < 1000; at += 1) {
    memory.places.at(at).wh = at
    memory.reports.set(`NotifyReport ${at}`, { seqNo: 0, finished: false, refused: false })
    memory.transactions.add({
      id: at,
      place: at,
      beginning: 0,
      startedMs: 0,
      endedMs: undefined,
      seqNo: 0,
      eventMs: 0,
    })
  }
  const kept = (of: (at: number) => unknown) =>
    Array.from({ length: 1000 }, (_, at) => of(at)).filter((one) => one !== undefined).length
  expect(kept((at) => memory.transactions.get(at))).toBe(64)
  expect(kept((at) => memory.places.get(at))).toBe(64)
  expect(kept((at) => memory.reports.get(`NotifyReport ${at}`))).toBe(8)
})
