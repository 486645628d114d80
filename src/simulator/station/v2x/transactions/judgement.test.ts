import { afterEach, describe, expect, test } from 'vitest'
import { Peer2x } from '../../../../../test/helpers/peer-2x.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'

const minute = 60_000

let peer: Peer2x
afterEach(() => expect(peer.findings).toEqual([]))

/** Charges although the CSMS refuses the token as soon as it hears of it. */
async function refused(configuration: Record<string, string>): Promise<void> {
  const template: Partial<StationTemplate> = { configuration }
  peer = await Peer2x.open('ocpp2.0.1', template)
  peer.answers.set('TransactionEvent', ({ idToken }) =>
    idToken ? { idTokenInfo: { status: 'Blocked' } } : {},
  )
  await peer.plugIn()
  await peer.start()
}

describe('a token that the CSMS refuses within the transaction', () => {
  test('[2.0.1 E05.FR.03, FR.10, C15] gets MaxEnergyOnInvalidId, then the transaction ends', async () => {
    await refused({ 'TxCtrlr.MaxEnergyOnInvalidId': '500' })
    await peer.clock.run(minute)
    expect(peer.station.evses[0]?.outlet.powerW).toBe(11_000)
    await peer.clock.run(5 * minute)
    expect(peer.told.at(-1)).toBe('Ended Deauthorized EVConnected DeAuthorized')
    expect(peer.station.books()[0]).toMatchObject({ meterStartWh: 1000, meterWh: 1500 })
  })

  test('[2.0.1 E05.FR.02] or stays without energy, told as Deauthorized', async () => {
    await refused({
      'TxCtrlr.MaxEnergyOnInvalidId': '500',
      'TxCtrlr.StopTxOnInvalidId': 'false',
    })
    await peer.clock.run(10 * minute)
    expect(peer.told).toContain('Updated Deauthorized SuspendedEVSE')
    expect(peer.station.books()[0]).toMatchObject({ meterWh: 1500, stoppedAt: undefined })
    await peer.stop()
    expect(peer.told.at(-1)).toBe('Ended StopAuthorized EVConnected Local')
  })

  test('is cut short by nobody where the driver leaves before', async () => {
    await refused({ 'TxCtrlr.MaxEnergyOnInvalidId': '500' })
    await peer.stop()
    await peer.unplug()
    peer.answers.delete('TransactionEvent')
    await peer.plugIn()
    await peer.start()
    await peer.clock.run(10 * minute)
    expect(peer.told.at(-1)).toBe('Updated MeterValuePeriodic Charging')
  })
})

describe('an EV that was unplugged', () => {
  const fixedCable: Partial<StationTemplate> = {
    txStopPoint: ['Authorized'],
    configuration: { 'TxCtrlr.StopTxOnEVSideDisconnect': 'false' },
  }

  test('[2.0.1 E10.FR.02] from a fixed cable has EVConnectionTimeOut to come back', async () => {
    peer = await Peer2x.charging('ocpp2.0.1', fixedCable)
    await peer.unplug()
    await peer.clock.run(119_000)
    expect(peer.told).toEqual(['Updated EVCommunicationLost Idle'])
    await peer.clock.run(1000)
    expect(peer.told.at(-1)).toBe('Ended EVConnectTimeout Idle Timeout')
  })

  test('[2.0.1 E10] that came back charges on', async () => {
    peer = await Peer2x.charging('ocpp2.0.1', fixedCable)
    await peer.unplug()
    await peer.clock.run(100_000)
    await peer.plugIn()
    await peer.clock.run(200_000)
    expect(peer.told.at(-1)).toBe('Updated MeterValuePeriodic Charging')
  })
})

test('[2.0.1 IdTokenInfoType] a token that is good at other EVSEs only is refused here', async () => {
  peer = await Peer2x.charging('ocpp2.0.1')
  await peer.stop()
  await peer.unplug()
  peer.answers.set('TransactionEvent', ({ idToken }) =>
    idToken ? { idTokenInfo: { status: 'Accepted', evseId: [2] } } : {},
  )
  peer.forget()
  await peer.plugIn()
  await peer.authorize(peer.actor.ownToken)
  expect(peer.told.at(-1)).toMatch(/^Ended Deauthorized .*DeAuthorized$/)
})

describe('a station that the CSMS has not accepted', () => {
  const restarted = async (configuration: Record<string, string>) => {
    peer = await Peer2x.open('ocpp2.0.1', { configuration })
    peer.actor.powerLoss()
    peer.reachable = false
    peer.station.powerUp()
    await peer.clock.run(1000)
    await peer.plugIn()
    return peer.start()
  }

  test('[2.0.1 TxBeforeAcceptedEnabled] lets nobody charge', async () => {
    expect(await restarted({})).toMatchObject({
      ok: false,
      reason: 'the CSMS has not accepted the station yet',
    })
  })

  test('[2.0.1 TxBeforeAcceptedEnabled] does so where it is allowed, and tells it later', async () => {
    const allowed = { 'TxCtrlr.TxBeforeAcceptedEnabled': 'true' }
    expect(await restarted(allowed)).toMatchObject({ ok: true })
    peer.forget()
    await peer.reconnect()
    expect(peer.actions().slice(0, 1)).toEqual(['BootNotification'])
    expect(peer.events[0]).toMatchObject({ eventType: 'Started', offline: true })
  })
})
