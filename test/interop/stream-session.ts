import { expect } from 'vitest'
import type { PeerCsms } from './peer-csms.ts'
import { played } from './simulate-sessions.ts'
import { ready } from './simulate-sessions-2x.ts'

const power = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } }

type Stream = { readonly id: number; readonly variableMonitoringId: number }

/** A peer has one of our stations of 2.1 stream a value to it: SEND, which nobody answers. */
export async function streamSession(csms: PeerCsms): Promise<void> {
  const part = async () => {
    await ready(csms)
    const periodicEventStream = { interval: 60, values: 20 }
    const monitor = { ...power, type: 'Periodic', value: 5, severity: 8, periodicEventStream }
    expect(
      await csms.call('SetVariableMonitoring', { setMonitoringData: [monitor] }),
    ).toMatchObject({
      setMonitoringResult: [{ status: 'Accepted' }],
    })
    const opened = await csms.until(
      ({ action }) => action === 'OpenPeriodicEventStream',
      'a stream',
    )
    const { constantStreamData } = opened.payload as { constantStreamData: Stream }
    const { id, variableMonitoringId } = constantStreamData
    const sent = await csms.until(
      ({ action }) => action === 'NotifyPeriodicEventStream',
      'values of the stream',
    )
    expect(sent.payload).toMatchObject({ id, data: expect.any(Array) })
    expect(await csms.call('GetPeriodicEventStream', {})).toMatchObject({
      constantStreamData: [{ id, params: periodicEventStream }],
    })
    expect(
      await csms.call('ClearVariableMonitoring', { id: [variableMonitoringId] }),
    ).toMatchObject({ clearMonitoringResult: [{ status: 'Accepted' }] })
    await csms.until(({ action }) => action === 'ClosePeriodicEventStream', 'its end')
    await csms.call('TriggerMessage', { requestedMessage: 'Heartbeat' })
  }
  await played(csms, 'commanded-2x.yaml', part, '--protocol', 'ocpp2.1')
}
