import { afterEach, describe, expect, test } from 'vitest'
import { Peer2x } from '../../../../../test/helpers/peer-2x.ts'

const minute = 60_000

let peer: Peer2x
afterEach(() => expect(peer.findings).toEqual([]))

/** Charges, loses power and has it back after a while. */
async function interrupted(
  outageMs: number,
  configuration: Record<string, string>,
  version: 'ocpp2.0.1' | 'ocpp2.1' = 'ocpp2.1',
): Promise<void> {
  peer = await Peer2x.charging(version, { configuration })
  await peer.clock.run(6 * minute)
  peer.actor.powerLoss()
  await peer.clock.run(outageMs)
  peer.forget()
  peer.station.powerUp()
  await peer.clock.run(1000)
}

const fiveMinutes = { 'TxCtrlr.TxResumptionTimeout': '300' }

describe('a transaction that a power loss interrupted', () => {
  test('[2.1 E17] goes on where power is back in time, and energy with it', async () => {
    await interrupted(2 * minute, fiveMinutes)
    expect(peer.told).toEqual([
      'Updated TxResumed EVConnected',
      'Updated ChargingStateChanged Charging',
    ])
    expect(peer.actions().indexOf('BootNotification')).toBe(0)
    await peer.clock.run(6 * minute)
    await peer.stop()
    const [entry] = peer.station.books()
    expect(peer.station.books()).toHaveLength(1)
    expect(entry).toMatchObject({ meterWh: 3203, stopAcknowledged: true })
    expect(peer.events.at(-1)?.idToken?.idToken).toBe('TAG-1')
    const numbers = peer.events.map(({ seqNo }) => seqNo)
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i))
  })

  test('[2.1 E17] does so without energy where that is not to be resumed', async () => {
    await interrupted(2 * minute, {
      ...fiveMinutes,
      'TxCtrlr.TxAllowEnergyTransferResumption': 'false',
    })
    expect(peer.told).toEqual(['Updated TxResumed EVConnected'])
    await peer.clock.run(6 * minute)
    expect(peer.station.evses[0]?.outlet.powerW).toBe(0)
    await peer.stop()
    expect(peer.told.at(-1)).toBe('Ended StopAuthorized EVConnected Local')
  })

  test('[2.1 E17] ends with the reading of the loss where it took too long', async () => {
    await interrupted(6 * minute, fiveMinutes)
    expect(peer.told).toEqual(['Ended AbnormalCondition EVConnected PowerLoss'])
    expect(peer.station.books()[0]?.meterWh).toBe(2100)
  })

  test('[2.1 E17] ends where the EV left in the dark', async () => {
    peer = await Peer2x.charging('ocpp2.1', { configuration: fiveMinutes })
    peer.actor.powerLoss()
    await peer.unplug()
    peer.forget()
    peer.station.powerUp()
    await peer.clock.run(1000)
    expect(peer.told).toEqual(['Ended AbnormalCondition Idle PowerLoss'])
  })

  test('[2.0.1 E04.FR.02, E12.FR.02] is told after the boot, behind what waited for the network', async () => {
    peer = await Peer2x.charging('ocpp2.0.1')
    peer.cut()
    await peer.clock.run(2 * minute)
    peer.actor.powerLoss()
    await peer.clock.run(minute)
    peer.forget()
    peer.reachable = true
    peer.station.powerUp()
    await peer.clock.run(minute)
    expect(peer.actions().indexOf('TransactionEvent')).toBeGreaterThan(
      peer.actions().indexOf('BootNotification'),
    )
    expect(peer.told).toEqual([
      'Updated MeterValuePeriodic Charging',
      'Updated MeterValuePeriodic Charging',
      'Ended AbnormalCondition EVConnected PowerLoss',
    ])
    expect(peer.events.every(({ offline }) => offline)).toBe(true)
    expect(peer.events.map(({ seqNo }) => seqNo)).toEqual([2, 3, 4])
  })

  test('ends in any case at a 2.0.1 station', async () => {
    await interrupted(minute, {}, 'ocpp2.0.1')
    expect(peer.told).toEqual(['Ended AbnormalCondition EVConnected PowerLoss'])
  })
})
