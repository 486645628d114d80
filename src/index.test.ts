import { describe, expect, test } from 'vitest'
import { connectStation, runScenario, startCsms } from './index.ts'
import { Cancel } from './shared/cancel.ts'

const tokens = [{ idToken: 'ALICE', status: 'Accepted' }] as const
const at = { evse: 1, connector: 1 }
const ev = { batteryWh: 60_000, soc: 0.2, maxPowerW: 22_000, phases: 3, taperFrom: 0.8 } as const

describe('the library', () => {
  test.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
    'a station of %s charges at a management system in the same process',
    async (protocol) => {
      await using csms = await startCsms({ port: 0, tokens })
      await using station = await connectStation(csms.url, {
        id: 'CP1',
        protocol,
        token: 'ALICE',
        speed: 600,
      })
      const { actor } = station
      const cancel = new Cancel()
      const results = [
        await actor.plugIn(at, ev),
        await actor.authorize(at, actor.ownToken, cancel),
        await actor.start(at, cancel),
        await actor.charge(at, { forMs: 60_000 }, cancel),
        await actor.stop(at, {}, cancel),
        await actor.unplug(at, cancel),
      ]
      expect(results.map(({ reason }) => reason)).toEqual(results.map(() => ''))
      expect(station.violations()).toEqual({})
      expect(station.faults()).toEqual([])
      const [entry] = station.ledger()
      const [stored] = csms.transactions()
      expect(stored).toMatchObject({ stationId: 'CP1', stopReason: 'Local' })
      expect(String(stored?.transactionId)).toBe(entry?.transactionId)
      expect(stored?.energyWh).toBe((entry?.meterWh ?? 0) - (entry?.meterStartWh ?? 0))
      expect(stored?.energyWh).toBeGreaterThan(300)
    },
  )

  test('a station that nobody accepts says why', async () => {
    const attempt = connectStation('ws://me:secret@127.0.0.1:1', { connectTimeoutMs: 300 })
    await expect(attempt).rejects.toMatchObject({
      code: 'CSMS_TARGET_UNREACHABLE',
      exit: 4,
      message: expect.not.stringContaining('secret'),
    })
    await using csms = await startCsms({ port: 0, boot: { status: 'Rejected', times: 100 } })
    const rejected = connectStation(csms.url, { connectTimeoutMs: 1000 })
    await expect(rejected).rejects.toThrow('BootNotification was answered Rejected')
  })

  test('a template that makes no sense is refused with a caret', async () => {
    const attempt = connectStation('ws://127.0.0.1:1', { station: { maxPower: '22 kWh' } })
    await expect(attempt).rejects.toMatchObject({
      code: 'CSMS_SCENARIO_INVALID',
      message: expect.stringContaining('^'),
    })
  })

  test('runs a scenario to its report, in processes of its own', async () => {
    const text = 'name: tiny\nfleets: [{ name: a, count: 2, script: [boot] }]\n'
    const report = await runScenario({ text })
    expect(report).toMatchObject({
      verdict: 'pass',
      scenario: { name: 'tiny' },
      stations: { requested: 2, accepted: 2 },
    })
  })

  test('a bad scenario is refused with its place', async () => {
    await expect(runScenario({ text: 'name: x\nfleet: []\n' })).rejects.toMatchObject({
      code: 'CSMS_SCENARIO_INVALID',
      message: expect.stringContaining('scenario:2:1'),
    })
  })
})
