import { afterEach, describe, expect, test } from 'vitest'
import { Peer2x } from '../../../../../test/helpers/peer-2x.ts'
import { plug } from '../../../../../test/helpers/station-peer.ts'
import type { TransactionLimit } from '../../../steps/acts.ts'

const minute = 60_000
const hour = 60 * minute

let peer: Peer2x
afterEach(() => expect(peer.findings).toEqual([]))

const byDriver = (limit: TransactionLimit) =>
  peer.act(peer.actor.act(plug, { kind: 'transactionLimited', limit }))
/** The CSMS sets it in its next answer. */
const byCsms = (transactionLimit: TransactionLimit) => {
  peer.answers.set('TransactionEvent', () => {
    peer.answers.delete('TransactionEvent')
    return { transactionLimit }
  })
}
const charged = () => Math.round((peer.station.books()[0]?.meterWh ?? 0) - 1000)

describe('a limit of a transaction', () => {
  test('[2.1 E16] of energy, by the driver, is told, met and ends the energy', async () => {
    peer = await Peer2x.charging('ocpp2.1')
    expect(await byDriver({ maxEnergy: 2000 })).toMatchObject({ ok: true })
    expect(peer.events.at(-1)).toMatchObject({
      triggerReason: 'LimitSet',
      transactionInfo: { transactionLimit: { maxEnergy: 2000 } },
    })
    await peer.clock.run(hour)
    expect(peer.told).toContain('Updated EnergyLimitReached SuspendedEVSE')
    expect(charged()).toBe(2000)
  })

  test('[2.1 E16] before the transaction is told with its start', async () => {
    peer = await Peer2x.open('ocpp2.1')
    await byDriver({ maxEnergy: 2000 })
    await peer.plugIn()
    await peer.start()
    expect(peer.events[0]).toMatchObject({
      eventType: 'Started',
      transactionInfo: { transactionLimit: { maxEnergy: 2000 } },
    })
    await peer.clock.run(hour)
    expect(charged()).toBe(2000)
    await peer.stop()
    await peer.start()
    expect(peer.events.at(-1)?.transactionInfo).not.toHaveProperty('transactionLimit')
  })

  test('[2.1 E16] of time, by the CSMS, counts from the start', async () => {
    peer = await Peer2x.charging('ocpp2.1')
    byCsms({ maxTime: 600 })
    await peer.clock.run(9 * minute)
    expect(peer.told).toContain('Updated LimitSet Charging')
    expect(peer.told).not.toContain('Updated TimeLimitReached SuspendedEVSE')
    await peer.clock.run(minute)
    expect(peer.told).toContain('Updated TimeLimitReached SuspendedEVSE')
  })

  test('[2.1 E16] of a state of charge that the EV has already lets nothing flow', async () => {
    peer = await Peer2x.open('ocpp2.1')
    await byDriver({ maxSoC: 20 })
    await peer.plugIn()
    await peer.start()
    await peer.clock.run(hour)
    expect(peer.told.some((line) => line.startsWith('Updated SoCLimitReached'))).toBe(true)
    expect(charged()).toBe(0)
  })

  test('[2.1 E16] of both sides: the lower one holds', async () => {
    peer = await Peer2x.charging('ocpp2.1')
    await byDriver({ maxEnergy: 3000 })
    byCsms({ maxEnergy: 1000, maxSoC: 90 })
    await peer.clock.run(hour)
    expect(charged()).toBe(1000)
    expect(
      peer.events.filter((event) => event.triggerReason === 'LimitSet').at(-1)?.transactionInfo
        .transactionLimit,
    ).toEqual({ maxEnergy: 1000, maxSoC: 90 })
  })

  test('[2.1 E16] that the CSMS repeats with every answer is set once', async () => {
    peer = await Peer2x.charging('ocpp2.1')
    peer.answers.set('TransactionEvent', () => ({ transactionLimit: { maxEnergy: 5000 } }))
    await peer.clock.run(10 * minute)
    expect(peer.told.filter((line) => line.includes('LimitSet'))).toHaveLength(1)
  })

  test('[2.1 E16] that is raised lets energy flow again', async () => {
    peer = await Peer2x.charging('ocpp2.1')
    await byDriver({ maxEnergy: 1000 })
    await peer.clock.run(hour)
    await byDriver({ maxEnergy: 1500 })
    await peer.clock.run(0)
    expect(peer.told.at(-1)).toBe('Updated ChargingStateChanged Charging')
    await peer.clock.run(hour)
    expect(charged()).toBe(1500)
  })

  test('[2.1 E16, E06] ends a transaction that stops with the energy', async () => {
    peer = await Peer2x.charging('ocpp2.1', { txStopPoint: ['EnergyTransfer'] })
    await byDriver({ maxEnergy: 1000 })
    await peer.clock.run(hour)
    expect(peer.told.at(-1)).toBe('Ended EnergyLimitReached SuspendedEVSE EnergyLimitReached')
  })

  test('[2.1 E12.FR.04] that is set and met offline is told, though readings had to go', async () => {
    const often = { 'SampledDataCtrlr.TxUpdatedInterval': '5' }
    peer = await Peer2x.charging('ocpp2.1', { configuration: often })
    peer.cut()
    await byDriver({ maxEnergy: 2000 })
    await peer.clock.run(4 * hour)
    peer.reachable = true
    await peer.clock.run(minute)
    for (let round = 0; peer.station.queue.length > 0 && round < 2000; round += 1) {
      await peer.clock.run(0)
    }
    expect(peer.station.books()[0]).toMatchObject({ dropped: true })
    expect(peer.told).toContain('Updated LimitSet Charging')
    expect(peer.told).toContain('Updated EnergyLimitReached SuspendedEVSE')
  })

  test('is nothing that a 2.0.1 station knows', async () => {
    peer = await Peer2x.charging('ocpp2.0.1')
    expect(await byDriver({ maxEnergy: 1000 })).toMatchObject({ ok: false })
    await peer.clock.run(hour)
    expect(charged()).toBeGreaterThan(10_000)
  })
})
