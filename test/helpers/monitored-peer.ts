import { expect } from 'vitest'
import type { StationTemplate } from '../../src/simulator/scenario/plan.ts'
import { protocol2x } from '../../src/simulator/station/v2x/protocol.ts'
import { ev, plug, StationPeer, validators } from './station-peer.ts'

export const v201 = protocol2x('ocpp2.0.1', validators)
export const v21 = protocol2x('ocpp2.1', validators)

/** The station of the test that runs, as `open` made it. */
export let peer: StationPeer

export type Row = Record<string, unknown>

export const evse1 = { id: 1 }
export const power = { component: { name: 'EVSE', evse: evse1 }, variable: { name: 'Power' } }
export const state = {
  component: { name: 'EVSE', evse: evse1 },
  variable: { name: 'AvailabilityState' },
}
export const fan = {
  component: { name: 'AirCoolingSystem', evse: evse1 },
  variable: { name: 'FanSpeed' },
}
export const heartbeat = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'HeartbeatInterval' },
}
/** 22 kW: no threshold is passed at rest. */
export const above = (value: number, severity = 5) => ({
  ...power,
  type: 'UpperThreshold',
  value,
  severity,
})

export const withMonitored: Partial<StationTemplate> = {
  deviceModel: {
    rows: [
      {
        name: 'OCPPCommCtrlr.HeartbeatInterval',
        spec: { component: 'OCPPCommCtrlr', variable: 'HeartbeatInterval', monitored: true },
      },
    ],
    values: {},
  },
}

export function open(protocol = v201, template: Partial<StationTemplate> = {}) {
  peer = new StationPeer(protocol, template)
  peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
  peer.answers.set('OpenPeriodicEventStream', () => ({ status: 'Accepted' }))
  return peer.booted()
}

export async function set(...setMonitoringData: readonly object[]): Promise<Row[]> {
  const answer = await peer.call('SetVariableMonitoring', { setMonitoringData })
  return answer['setMonitoringResult'] as Row[]
}
/** Sets one and gives its id. */
export async function monitor(data: object): Promise<number> {
  const [result] = await set(data)
  expect(result?.['status']).toBe('Accepted')
  return result?.['id'] as number
}
export const statuses = async (...data: readonly object[]) =>
  (await set(...data)).map((result) => result['status'])
export const clear = async (...id: readonly number[]) => {
  const answer = await peer.call('ClearVariableMonitoring', { id })
  return (answer['clearMonitoringResult'] as Row[]).map(({ status }) => status)
}
export const setVariable = (component: string, variable: string, attributeValue: string) =>
  peer.call('SetVariables', {
    setVariableData: [
      { component: { name: component }, variable: { name: variable }, attributeValue },
    ],
  })
export const charge = async () => {
  await peer.act(peer.actor.plugIn(plug, ev))
  await peer.act(peer.actor.start(plug, peer.cancel))
}
export const pause = (on: boolean) => peer.station.suspendEnergy(peer.station.evses[0] as never, on)
export const events = () => peer.sent('NotifyEvent').flatMap((event) => event['eventData'] as Row[])
export const told = () =>
  events().map(({ trigger, actualValue, cleared }) =>
    [trigger, actualValue, cleared === true ? 'cleared' : ''].join(' ').trim(),
  )
export const of = (id: number) => events().filter((event) => event['variableMonitoringId'] === id)

export async function report(request: object = {}): Promise<readonly Row[]> {
  peer.forget()
  await peer.call('GetMonitoringReport', { requestId: 7, ...request })
  return peer.sent('NotifyMonitoringReport').flatMap((page) => page['monitor'] as Row[])
}
export const monitorsIn = (rows: readonly Row[]) =>
  rows.flatMap((row) => row['variableMonitoring'] as Row[]).map(({ id }) => id)
