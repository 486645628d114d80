import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BareStation } from '../../../test/helpers/bare-station.ts'
import { FakeDisk } from '../../../test/helpers/fake-disk.ts'
import { memorySockets } from '../../ocpp/memory-socket.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { composeCsms } from '../compose.ts'
import { openLowdbStore } from '../store/lowdb-store.ts'

let parent = ''
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'csms-gate-'))
})
afterAll(() => rm(parent, { recursive: true, force: true }))

/** A management system on memory sockets whose journal is on a disk of the test's. */
async function durableCsms() {
  const clock = new VirtualClock()
  const disk = new FakeDisk()
  const reports: string[] = []
  const store = await openLowdbStore({
    folder: await mkdtemp(join(parent, 'data-')),
    durability: 'batch',
    snapshotDelayMs: 1000,
    clock,
    disk,
    report: (_level, message) => void reports.push(message),
  })
  const clocks = { real: clock, simulated: clock }
  const { gateway, domain } = composeCsms(store, clocks, { unknownTokens: 'accept' })
  return {
    clock,
    disk,
    store,
    domain,
    reports,
    connect(stationId: string, version: OcppVersion = 'ocpp1.6') {
      const [ours, theirs] = memorySockets(version)
      const security = { profile: 0 } as const
      gateway.accept(ours, { stationId, version, remoteAddress: '127.0.0.1', security })
      return new BareStation(theirs)
    },
    /** What the station hears within a few ms. */
    async heard(station: BareStation, action: string, payload: object): Promise<unknown> {
      let answer: unknown
      void station.verdict(action, payload).then((verdict) => {
        answer = verdict
      })
      await clock.run(5)
      return answer
    },
  }
}

const bootPayload = { chargePointVendor: 'Acme', chargePointModel: 'AC22' }
const start = (second: number) => ({
  connectorId: 1,
  idTag: 'T1',
  meterStart: 0,
  timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString(),
})

describe('a management system with a journal', () => {
  test('answers what changed something when that is written, and the rest at once', async () => {
    const { disk, connect, heard, clock } = await durableCsms()
    const station = connect('CP1')
    expect(await heard(station, 'BootNotification', bootPayload)).toBe('result')
    disk.hold()
    expect(await heard(station, 'Heartbeat', {})).toBe('result')
    const answer = station.ask('StartTransaction', start(1))
    await clock.run(100)
    expect(station.heard.at(-1)?.[1]).not.toBe('s3')
    disk.release()
    expect(await answer).toMatchObject({ transactionId: 1 })
  })

  test('refuses transactions while its disk is full, serves what changes nothing, and recovers', async () => {
    const { disk, connect, heard, clock, store, domain, reports } = await durableCsms()
    const station = connect('CP1')
    await heard(station, 'BootNotification', bootPayload)
    disk.space = 0
    expect(await heard(station, 'StartTransaction', start(1))).toBe('InternalError')
    expect(await heard(station, 'StartTransaction', start(2))).toBe('InternalError')
    expect(await heard(station, 'MeterValues', meterValues(1))).toBe('InternalError')
    expect(await heard(station, 'Heartbeat', {})).toBe('result')
    // The second was not even begun.
    expect(store.transactions.count).toBe(1)
    expect(domain.counters.handlerFailures).toBe(0)

    disk.space = Number.POSITIVE_INFINITY
    await clock.run(5_000)
    expect(reports).toHaveLength(2)
    expect(await heard(station, 'StartTransaction', start(1))).toBe('result')
    expect(await heard(station, 'StartTransaction', start(2))).toBe('result')
    expect(store.transactions.count).toBe(2)
    expect(domain.counters.transactionRetries).toBe(1)
  })

  test('[2.0.1 E13] a TransactionEvent that was refused is taken when it is repeated', async () => {
    const { disk, connect, heard, clock, store } = await durableCsms()
    const station = connect('CS1', 'ocpp2.0.1')
    const chargingStation = { vendorName: 'Acme', model: 'AC22' }
    await heard(station, 'BootNotification', { reason: 'PowerUp', chargingStation })
    const event = {
      eventType: 'Started',
      seqNo: 0,
      timestamp: '2026-01-01T00:00:00Z',
      triggerReason: 'CablePluggedIn',
      transactionInfo: { transactionId: 'x' },
    }
    disk.space = 0
    expect(await heard(station, 'TransactionEvent', event)).toBe('InternalError')
    expect(await heard(station, 'TransactionEvent', event)).toBe('InternalError')
    disk.space = Number.POSITIVE_INFINITY
    await clock.run(5_000)
    expect(await heard(station, 'TransactionEvent', event)).toBe('result')
    expect(store.transactions.count).toBe(1)
    expect(disk.text).toContain('"transactionId":"x"')
  })
})

const meterValues = (transactionId: number) => ({
  connectorId: 1,
  transactionId,
  meterValue: [{ timestamp: '2026-01-01T00:00:00Z', sampledValue: [{ value: '5' }] }],
})
