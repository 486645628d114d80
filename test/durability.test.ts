import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Random } from '../src/shared/random.ts'
import { dialStation } from './helpers/bare-station.ts'
import { ChargingPeer } from './helpers/charging-peer.ts'
import { JsonLinesChild } from './helpers/child.ts'
import { Serve } from './helpers/serve.ts'

/** From the first acknowledgement to the kill at most, ms. */
const longestLife = 120

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-durability-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Stored {
  readonly stationId: string
  readonly transactionId: string | number
  readonly startedAt?: string
  readonly stoppedAt?: string
  readonly energyWh?: number
}

const keyOf = ({ stationId, transactionId }: Stored) => `${stationId} ${transactionId}`

/** Every acknowledged start and stop is stored as it was sent, and nothing is stored twice. */
async function expectAllStored(server: Serve, peers: readonly ChargingPeer[]): Promise<number> {
  const stored = await server.get<Stored[]>('/api/v1/transactions')
  const byKey = new Map(stored.map((transaction) => [keyOf(transaction), transaction]))
  expect(byKey.size).toBe(stored.length)
  const acknowledged = peers.flatMap(({ transactions }) => transactions)
  for (const transaction of acknowledged) {
    expect(byKey.get(keyOf(transaction))).toMatchObject(transaction)
  }
  // What was never answered may be there: at most one transaction of each station.
  expect(stored.length - acknowledged.length).toBeLessThanOrEqual(peers.length)
  return acknowledged.length
}

/**
 * Kills a server again and again while stations charge; each time it is started again on the same
 * data. Returns how many kills hit it at work.
 */
async function killOften(
  data: string,
  peers: readonly ChargingPeer[],
  times: number,
  processesOf: (kill: number) => number,
): Promise<number> {
  const random = Random.stream(20_260_101, data)
  const acknowledged = () => peers.reduce((sum, { transactions }) => sum + transactions.length, 0)
  let atWork = 0
  for (let kill = 0; kill < times; kill += 1) {
    const args = ['--data', data, '--processes', String(processesOf(kill))]
    if (random.next() < 0.08) {
      // Before it listens: while it reads, replays, deals or writes its snapshot.
      await using child = serveWithoutWaiting(args)
      await wait(random.next() * 1000)
      child.process.kill('SIGKILL')
      await child.ended()
      continue
    }
    await using server = await Serve.start(...args)
    const before = await expectAllStored(server, peers)
    for (const peer of peers) void peer.charge(server.url)
    // Now and then before anybody was answered, as a rule in the middle of it.
    if (random.next() < 0.9) await Promise.race(peers.map((peer) => peer.acknowledged()))
    await wait(random.next() * longestLife)
    server.child.process.kill('SIGKILL')
    await server.child.ended()
    await Promise.all(peers.map((peer) => peer.disconnected()))
    if (acknowledged() > before) atWork += 1
  }
  await using last = await Serve.start('--data', data)
  await expectAllStored(last, peers)
  // What the last kill left unanswered is repeated, and known: nothing is begun twice.
  await Promise.all(peers.map((peer) => peer.settle(last.url)))
  const stored = await last.get<Stored[]>('/api/v1/transactions')
  expect(stored).toHaveLength(acknowledged())
  return atWork
}

const peersOf = (lane: string): ChargingPeer[] =>
  (['ocpp1.6', 'ocpp2.0.1'] as const).flatMap((version) =>
    [1, 2].map((n) => new ChargingPeer(`${lane}-${version}-${n}`, version)),
  )

describe('csms serve --data', { timeout: 600_000 }, () => {
  test('killed a hundred times at random points, it has every transaction that it acknowledged', async () => {
    const [one, several] = [peersOf('one'), peersOf('several')]
    const lanes = await Promise.allSettled([
      killOften(join(folder, 'one'), one, 52, () => 1),
      // The last few deal the data to other numbers of processes, too.
      killOften(join(folder, 'several'), several, 48, (kill) => (kill < 42 ? 1 : 1 + (kill % 3))),
    ])
    const hits = lanes.map((lane) => {
      if (lane.status === 'rejected') throw lane.reason
      return lane.value
    })
    expect(hits.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(50)
    const all = [...one, ...several].flatMap(({ transactions }) => transactions)
    expect(all.length).toBeGreaterThan(200)
  })

  test('on a full disk it refuses transactions, says so, serves the rest, and recovers by itself', async ({
    skip,
  }) => {
    const disk = join(folder, 'small-disk')
    await mkdir(disk)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk])
    if (mounted.status !== 0) skip('no file system of a limited size can be mounted here')
    try {
      const data = join(disk, 'data')
      const acknowledged: unknown[] = []
      {
        await using server = await Serve.start('--data', data)
        const station = await dialStation(`${server.url}/CP1`, 'ocpp1.6')
        await station.boot('ocpp1.6')
        const start = (meterStart: number) =>
          station.call('StartTransaction', {
            connectorId: 1,
            idTag: 'T1',
            meterStart,
            timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, meterStart)).toISOString(),
          })
        const ballast = join(disk, 'ballast')
        await fill(ballast)
        let refused: readonly unknown[] = []
        let meter = 0
        // A page or two may be left.
        for (; refused.length === 0 && meter < 200; meter += 1) {
          const answer = await start(meter)
          if (answer[0] === 3) acknowledged.push((answer[2] as Stored).transactionId)
          else refused = answer
        }
        expect(refused.slice(2, 3)).toEqual(['InternalError'])
        expect((await start(meter))[2]).toBe('InternalError')
        expect(await station.verdict('Heartbeat', {})).toBe('result')
        await server.child.until(
          ({ type, level, message }) =>
            type === 'store' && level === 'warning' && String(message).includes('ENOSPC'),
          'that nothing can be saved',
        )

        await rm(ballast)
        await server.child.until(
          ({ type, level }) => type === 'store' && level === 'info',
          'that it can save again',
        )
        // Both are repeated, as their station would: the first was begun in memory already.
        for (const meterStart of [meter - 1, meter]) {
          const answer = await start(meterStart)
          expect(answer[0]).toBe(3)
          acknowledged.push((answer[2] as Stored).transactionId)
        }
        server.child.process.kill('SIGKILL')
        await server.child.ended()
      }
      await using again = await Serve.start('--data', data)
      const stored = await again.get<Stored[]>('/api/v1/transactions')
      expect(stored.map(({ transactionId }) => transactionId)).toEqual(acknowledged)
    } finally {
      spawnSync('umount', ['-l', disk])
    }
  })
})

/** Until the file system takes no more. */
async function fill(file: string): Promise<void> {
  for (let kib = 1024; kib >= 4; kib /= 2) {
    try {
      for (;;) await writeFile(file, Buffer.alloc(kib * 1024), { flag: 'a' })
    } catch {
      // A smaller piece may fit.
    }
  }
}

function serveWithoutWaiting(args: readonly string[]): JsonLinesChild {
  const bin = join(import.meta.dirname, '../bin/csms.js')
  const command = [bin, 'serve', '--port', '0', '--log-format', 'json', ...args]
  return new JsonLinesChild(process.execPath, command)
}
