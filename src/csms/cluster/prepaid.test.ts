import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareStation, dialStation } from '../../../test/helpers/bare-station.ts'
import { ownerOf } from '../owner.ts'
import type { Server } from '../server.ts'
import { startServer } from '../start-server.ts'

/* One account, stations in several processes [2.1 C17]. */

let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'csms-prepaid-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

const timestamp = '2026-01-01T00:00:00Z'
const later = '2026-01-01T00:10:00Z'
const card = { idToken: 'PREPAID', type: 'ISO14443' }

const started = () =>
  startServer({
    port: 0,
    processes: 2,
    dataDir,
    tariffsFile: join(import.meta.dirname, '../../../scenarios/tariffs/standard.yaml'),
    tokens: [{ idToken: 'PREPAID', status: 'Accepted', balance: 10 }],
  })

async function stationOf(server: Server, process: number): Promise<BareStation> {
  let id = ''
  for (let at = 0; id === ''; at += 1) if (ownerOf(`CP${at}`, 2) === process) id = `CP${at}`
  const station = await dialStation(`${server.urls[0]}/${id}`, 'ocpp2.1')
  await station.boot('ocpp2.1')
  return station
}

/** What the first event of a transaction is answered. */
const begin = (station: BareStation, transactionId: string) =>
  station.ask('TransactionEvent', {
    eventType: 'Started',
    timestamp,
    triggerReason: 'Authorized',
    seqNo: 0,
    transactionInfo: { transactionId, chargingState: 'Charging' },
    idToken: card,
    meterValue: [{ timestamp, sampledValue: [{ value: 0 }] }],
  })

const end = (station: BareStation, transactionId: string, wh: number) =>
  station.ask('TransactionEvent', {
    eventType: 'Ended',
    timestamp: later,
    triggerReason: 'StopAuthorized',
    seqNo: 1,
    transactionInfo: { transactionId },
    meterValue: [{ timestamp: later, sampledValue: [{ value: wh }] }],
  })

const maxCost = ({ transactionLimit }: Readonly<Record<string, unknown>>) =>
  (transactionLimit as { readonly maxCost: number } | undefined)?.maxCost

/** The limit of a new transaction there, as soon as it is another than this. */
async function otherThan(limit: number, station: BareStation, name: string) {
  for (let times = 0; ; times += 1) {
    const told = maxCost(await begin(station, `${name}${times}`))
    if (told !== limit) return told
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('what one process takes from an account is gone in all, also after a restart with the same file', async () => {
  {
    await using server = await started()
    const [one, other] = await Promise.all([stationOf(server, 0), stationOf(server, 1)])
    expect(maxCost(await begin(one, 'tx'))).toBe(10)
    expect(maxCost(await begin(other, 'early'))).toBe(10)
    // 1.00 and 2 kWh at 0.50, 20 % on top.
    expect(await end(one, 'tx', 2000)).toMatchObject({ totalCost: 2.4 })
    expect(await otherThan(10, other, 'o')).toBe(7.6)
    expect(await end(other, 'early', 2000)).toMatchObject({ totalCost: 2.4 })
    expect(await otherThan(7.6, one, 'a')).toBe(5.2)
  }
  await using server = await started()
  for (const process of [0, 1]) {
    expect(maxCost(await begin(await stationOf(server, process), 'again'))).toBe(5.2)
  }
})
