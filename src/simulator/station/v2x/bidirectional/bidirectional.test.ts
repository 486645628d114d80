import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { EvPlan, EvsePlan, StationTemplate } from '../../../scenario/plan.ts'
import { protocol2x } from '../protocol.ts'

const protocol = protocol2x('ocpp2.1', validators)
const dc: EvsePlan = {
  connectors: ['cCCS2'],
  maxPowerW: 50_000,
  phases: 3,
  current: 'DC',
  dischargeW: 10_000,
}
const template: Partial<StationTemplate> = { evses: [dc] }
const v2g: EvPlan = {
  ...ev,
  soc: 0.5,
  discharge: { maxPowerW: 10_000, reserveSoc: 0.2, efficiency: 1 },
}
const bothWays = ['DC', 'DC_BPT'] as const

let peer: StationPeer
afterEach(() => {
  peer.station.stop({ graceful: true })
  expect(peer.findings).toEqual([])
})

async function charging(car: EvPlan = v2g, authorize: object = {}): Promise<void> {
  peer = new StationPeer(protocol, template)
  peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' }, ...authorize }))
  peer.answers.set('NotifyEVChargingNeeds', () => ({ status: 'Accepted' }))
  await peer.booted()
  await peer.act(peer.actor.plugIn(plug, car))
  const token = { idToken: 'TAG-1', type: 'ISO14443' }
  await peer.act(peer.actor.authorize(plug, token, peer.cancel))
  await peer.act(peer.actor.start(plug, peer.cancel))
}
const transactionId = () => peer.actor.variable('transactionId', plug) as string
const allow = (...allowedEnergyTransfer: readonly string[]) =>
  peer.call('NotifyAllowedEnergyTransfer', {
    transactionId: transactionId(),
    allowedEnergyTransfer,
  })
const follow = (period: object) =>
  peer.call('SetChargingProfile', {
    evseId: 1,
    chargingProfile: {
      id: 1,
      stackLevel: 1,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Absolute',
      transactionId: transactionId(),
      chargingSchedule: [
        {
          id: 1,
          startSchedule: new Date(peer.clock.wallMs()).toISOString(),
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [{ startPeriod: 0, ...period }],
        },
      ],
    },
  })
const back = { operationMode: 'CentralSetpoint', setpoint: -5_000 }
const powerW = () => {
  const [evse] = peer.station.evses
  evse?.advance()
  return Math.round(evse?.outlet.powerW ?? 0)
}
const asked = () =>
  peer
    .sent('NotifyEVChargingNeeds')
    .map(
      ({ chargingNeeds }) => (chargingNeeds as Record<string, unknown>)['requestedEnergyTransfer'],
    )

describe('energy in both directions', () => {
  test('[2.1 Q02] flows after NotifyAllowedEnergyTransfer, and needs of the EV that were not refused', async () => {
    await charging()
    expect(await follow(back)).toEqual({ status: 'Accepted' })
    expect(powerW()).toBe(0)
    expect(await allow(...bothWays)).toEqual({ status: 'Accepted' })
    expect(asked()).toEqual(['DC_BPT'])
    expect(peer.sent('NotifyEVChargingNeeds')).toMatchObject([
      {
        evseId: 1,
        chargingNeeds: {
          availableEnergyTransfer: bothWays,
          v2xChargingParameters: { maxDischargePower: 10_000 },
        },
      },
    ])
    expect(powerW()).toBe(-5_000)
    expect(await allow('DC')).toEqual({ status: 'Accepted' })
    expect(asked()).toEqual(['DC_BPT', 'DC'])
    expect(powerW()).toBe(0)
  })

  test('[2.1 Q01] flows at once where Authorize allowed it', async () => {
    await charging(v2g, { allowedEnergyTransfer: bothWays })
    await follow(back)
    expect(powerW()).toBe(-5_000)
  })

  test('[2.1 Q01] does not flow where the CSMS refuses what the EV needs', async () => {
    await charging()
    peer.answers.set('NotifyEVChargingNeeds', () => ({ status: 'Rejected' }))
    await allow(...bothWays)
    await follow(back)
    expect(powerW()).toBe(0)
  })

  test('is Rejected for an EV that only takes, a station that may not, and nobody', async () => {
    await charging(ev)
    expect(await allow(...bothWays)).toMatchObject({
      statusInfo: { reasonCode: 'UnsupportedRequest' },
    })
    const unknown = { transactionId: 'NONE', allowedEnergyTransfer: ['DC'] }
    expect(await peer.call('NotifyAllowedEnergyTransfer', unknown)).toMatchObject({
      statusInfo: { reasonCode: 'TxNotFound' },
    })
    peer.station.stop({ graceful: true })
    await charging()
    await peer.call('SetVariables', {
      setVariableData: [
        {
          component: { name: 'V2XChargingCtrlr', evse: { id: 1 } },
          variable: { name: 'Enabled' },
          attributeValue: 'false',
        },
      ],
    })
    expect(await allow(...bothWays)).toMatchObject({ status: 'Rejected' })
  })

  test('[2.1 E02] is told by TransactionEvents with their operation mode', async () => {
    await charging()
    await allow(...bothWays)
    expect(peer.sent('TransactionEvent').at(-1)).toMatchObject({
      transactionInfo: { operationMode: 'ChargingOnly' },
    })
    peer.forget()
    await follow(back)
    await peer.clock.run(0)
    expect(peer.sent('TransactionEvent')).toMatchObject([
      {
        triggerReason: 'OperationModeChanged',
        transactionInfo: { operationMode: 'CentralSetpoint', chargingState: 'Charging' },
      },
    ])
  })
})

describe('services for the grid', () => {
  test('[2.1 ChargingSchedulePeriodType.setpointReactive] make reactive power as ordered, up to what there is', async () => {
    await charging()
    await allow(...bothWays)
    const reactive = () => Math.round(peer.station.evses[0]?.outlet.reactiveVar ?? 0)
    await follow({ ...back, setpointReactive: 4_000 })
    expect([powerW(), reactive()]).toEqual([-5_000, 4_000])
    await follow({ ...back, setpointReactive: -90_000 })
    expect(reactive()).toBe(-22_000)
    await follow(back)
    expect(reactive()).toBe(0)
  })

  const frequency = {
    operationMode: 'LocalFrequency',
    v2xBaseline: 0,
    v2xFreqWattCurve: [
      { frequency: 49, power: -10_000 },
      { frequency: 51, power: 10_000 },
    ],
  }

  test('[2.1 Q08.FR.07] follow the frequency where it changes by more than the threshold', async () => {
    await charging()
    await allow(...bothWays)
    await follow(frequency)
    peer.actor.gridEvent({ frequencyHz: 49.9 })
    expect(powerW()).toBe(-1_000)
    peer.actor.gridEvent({ frequencyHz: 49.89 })
    expect(powerW()).toBe(-1_000)
    peer.actor.gridEvent({ frequencyHz: 49.8 })
    expect(powerW()).toBe(-2_000)
  })

  test('[2.1 Q08.FR.10, FR.11] follow aFRR signals from their instant on, by the curve in force', async () => {
    await charging()
    await allow(...bothWays)
    const signal = (value: number, inMs = 0) =>
      peer.call('AFRRSignal', {
        timestamp: new Date(peer.clock.wallMs() + inMs).toISOString(),
        signal: value,
      })
    expect(await signal(1)).toMatchObject({
      status: 'Rejected',
      statusInfo: { reasonCode: 'NoSignalWattCurve' },
    })
    const v2xSignalWattCurve = [
      { signal: -1, power: -3_000 },
      { signal: 1, power: 3_000 },
    ]
    await follow({ ...frequency, v2xSignalWattCurve })
    expect(await signal(-1)).toEqual({ status: 'Accepted' })
    expect(powerW()).toBe(-3_000)
    await signal(1, 60_000)
    await peer.clock.run(59_000)
    expect(powerW()).toBe(-3_000)
    await peer.clock.run(1_000)
    expect(powerW()).toBe(3_000)
  })

  test('[2.1 Q09] balance by thresholds that the CSMS sets', async () => {
    await charging()
    await allow(...bothWays)
    peer.actor.gridEvent({ loadW: 6_000 })
    await follow({ operationMode: 'LocalLoadBalancing' })
    expect(powerW()).toBe(-6_000)
    await peer.call('SetVariables', {
      setVariableData: [
        {
          component: { name: 'V2XChargingCtrlr', evse: { id: 1 } },
          variable: { name: 'LocalLoadBalancing', instance: 'UpperThreshold' },
          attributeValue: '2000',
        },
      ],
    })
    await peer.clock.run(0)
    expect(powerW()).toBe(-4_000)
  })
})

test('a station whose EVSEs send nothing back does not have the controller', async () => {
  peer = new StationPeer(protocol)
  await peer.booted()
  const answer = await peer.call('GetVariables', {
    getVariableData: [
      {
        component: { name: 'V2XChargingCtrlr', evse: { id: 1 } },
        variable: { name: 'Enabled' },
      },
    ],
  })
  expect(answer).toMatchObject({ getVariableResult: [{ attributeStatus: 'UnknownComponent' }] })
})
