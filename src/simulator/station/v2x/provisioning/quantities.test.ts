import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

type Row = Record<string, unknown>

const told = () =>
  peer
    .sent('NotifyEvent')
    .flatMap(({ eventData }) => eventData as Row[])
    .map(({ trigger, actualValue, cleared }) =>
      [trigger, actualValue, cleared === true ? 'cleared' : ''].join(' ').trim(),
    )

describe.each(protocols)('what a station of $version measures', (protocol) => {
  async function watching(component: string, variable: string, type: string, value: number) {
    peer = new StationPeer(protocol)
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    await peer.booted()
    const evse = component === 'ElectricalFeed' ? {} : { evse: { id: 1 } }
    const monitor = {
      component: { name: component, ...evse },
      variable: { name: variable },
      type,
      value,
      severity: 4,
    }
    const answer = await peer.call('SetVariableMonitoring', { setMonitoringData: [monitor] })
    expect(answer['setMonitoringResult']).toMatchObject([{ status: 'Accepted' }])
  }
  const charge = async () => {
    await peer.act(peer.actor.plugIn(plug, ev))
    await peer.act(peer.actor.start(plug, peer.cancel))
  }

  test('the frequency of the grid, which falls and comes back', async () => {
    await watching('ElectricalFeed', 'Frequency', 'LowerThreshold', 49.8)
    peer.actor.gridEvent({ frequencyHz: 49.5 })
    await peer.clock.run(1000)
    peer.actor.gridEvent({ frequencyHz: 50 })
    await peer.clock.run(1000)
    expect(told()).toEqual(['Alerting 49.5', 'Alerting 50 cleared'])
  })

  test.each(['ElectricalFeed', 'EVSE'])('its voltage, at %s', async (component) => {
    await watching(component, 'ACVoltage', 'LowerThreshold', 207)
    peer.actor.gridEvent({ voltageV: 200 })
    await peer.clock.run(1000)
    expect(told()).toEqual(['Alerting 200'])
  })

  test('the register of the meter, each kilowatt hour', async () => {
    await watching('FiscalMetering', 'EnergyImportRegister', 'Delta', 1000)
    await charge()
    await peer.clock.run(11 * 60_000)
    const steps = told()
    expect(steps).toHaveLength(2)
    expect(steps[0]).toMatch(/^Delta 20\d\d$/)
  })

  test('the charge of the battery, while there is one', async () => {
    await watching('ConnectedEV', 'StateOfCharge', 'UpperThreshold', 21)
    expect(told()).toEqual([])
    await charge()
    await peer.clock.run(30 * 60_000)
    expect(told()).toHaveLength(1)
    expect(told()[0]).toMatch(/^Alerting 21\.\d$/)
  })
})
