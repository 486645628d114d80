import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { simulate } from '../helpers/simulate.ts'
import { everyCallSession } from './every-call-2x.ts'
import { RpcCsms } from './ocpp-rpc-csms.ts'
import { firmwareSession, smartChargingSession } from './simulate-sessions.ts'
import { chargingSession, maintenanceSession } from './simulate-sessions-2x.ts'

/** The books of a management system, as its operator would offer them. */
async function booksOf(csms: RpcCsms) {
  const server = createServer((_request, response) =>
    response.end(JSON.stringify([...csms.rows.values()])),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/books`,
    [Symbol.dispose]: () => void server.close(),
  }
}

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
  'csms simulate, against a management system on the npm package ocpp-rpc, %s',
  (protocol) => {
    test('a whole charging session passes, conserves, and the peer’s books balance', async () => {
      await using peer = await RpcCsms.start(protocol)
      using books = await booksOf(peer)
      const triggered = peer
        .until(({ action }) => action === 'StatusNotification')
        .then(() => peer.call('TriggerMessage', { requestedMessage: 'Heartbeat' }))
      const report = await simulate(
        'fixtures/interop/session.yaml',
        '--target',
        peer.url,
        '--protocol',
        protocol,
        '--books',
        books.url,
      )
      expect(await triggered).toEqual({ status: 'Accepted' })
      expect(report).toMatchObject({
        verdict: 'pass',
        exitCode: 0,
        scripts: { completed: 1, failed: 0 },
        transactions: { started: 1, stopped: 1, lost: 0, mismatched: 0 },
        books: { checked: true },
        violations: { total: 0 },
      })
      const [row] = peer.rows.values()
      // Three simulated minutes at 22 kW, and what it took to stop.
      const hours =
        (Date.parse(row?.stoppedAt ?? '') - Date.parse(row?.startedAt ?? '')) / 3_600_000
      expect(row?.energyWh).toBeGreaterThan(1000)
      expect(row?.energyWh).toBeLessThanOrEqual(22_000 * hours * 1.1)
      const actions = peer.heard.map((frame) => frame.action)
      expect(actions[0]).toBe('BootNotification')
      expect(actions).toContain('Heartbeat')
      expect(peer.faults).toEqual([])
    })
  },
)

describe('csms simulate, against a management system on the npm package ocpp-rpc', () => {
  test('[1.6 3.13] it limits a station that charges, and the meter values obey', async () => {
    await using peer = await RpcCsms.start('ocpp1.6')
    await smartChargingSession(peer)
    expect(peer.faults).toEqual([])
  })

  test('[1.6 4.4, 4.5] it updates the firmware of a station and gets its diagnostics', async () => {
    await using peer = await RpcCsms.start('ocpp1.6')
    await firmwareSession(peer)
    expect(peer.faults).toEqual([])
  })

  test('[2.0.1 F01, K01] it starts, limits and stops a station of csms', async () => {
    await using peer = await RpcCsms.start('ocpp2.0.1')
    await chargingSession(peer, 'ocpp2.0.1')
    expect(peer.faults).toEqual([])
  })

  test('[2.0.1 B05-B07, L01, N01] it maintains a station of csms', async () => {
    await using peer = await RpcCsms.start('ocpp2.0.1')
    await maintenanceSession(peer, 'ocpp2.0.1')
    expect(peer.faults).toEqual([])
  })

  test('[2.0.1 A-P] it sends all there is, and can read the answers', async () => {
    await using peer = await RpcCsms.start('ocpp2.0.1')
    await everyCallSession(peer, 'ocpp2.0.1')
    expect(peer.faults).toEqual([])
  })
})
