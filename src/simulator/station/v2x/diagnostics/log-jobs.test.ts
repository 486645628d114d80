import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import type { FileTransfer, TransferOutcome } from '../../../../ocpp/file-transfer.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const
const [, v21] = protocols

let peer: StationPeer
let uploads: { readonly location: string; readonly fileName: string; readonly content: string }[]
afterEach(() => expect(peer.findings).toEqual([]))

const delivered: TransferOutcome = { kind: 'done', content: new Uint8Array() }

function open(protocol: (typeof protocols)[number], outcome: TransferOutcome = delivered) {
  uploads = []
  const files: FileTransfer = {
    download: () => Promise.resolve(outcome),
    upload(location, fileName, content) {
      uploads.push({ location, fileName, content })
      return Promise.resolve(outcome)
    },
  }
  peer = new StationPeer(protocol, {}, { files })
  return peer.booted()
}

const remoteLocation = 'http://files.example/logs/'
const get = (requestId: number, logType: string, log: object = {}) =>
  peer.call('GetLog', { requestId, logType, log: { remoteLocation, ...log } })
const told = () =>
  peer
    .sent('LogStatusNotification')
    .map(({ status, requestId }) => `${String(status)} ${String(requestId)}`)

describe.each(protocols)('logs of $version', (protocol) => {
  test('[2.0.1 N01.FR.01, FR.04, FR.07 to FR.09] the diagnostics log is uploaded and each status told', async () => {
    await open(protocol)
    await peer.act(peer.actor.plugIn(plug, ev))
    await peer.act(peer.actor.start(plug, peer.cancel))
    const answer = await get(3, 'DiagnosticsLog')
    expect(answer).toMatchObject({ status: 'Accepted' })
    await peer.clock.run(10_000)
    expect(told()).toEqual(['Uploading 3', 'Uploaded 3'])
    expect(uploads).toMatchObject([{ location: remoteLocation, fileName: answer['filename'] }])
    const [{ content } = { content: '' }] = uploads
    expect(content).toContain('1.1 Occupied')
    expect(content).toContain('TxCtrlr.TxStartPoint PowerPathClosed')
    expect(content).toContain(String(peer.actor.variable('transactionId', plug)))
    expect(content).not.toMatch(/password/i)
  })

  test('[2.0.1 N01.FR.10] a failure is told for what it is', async () => {
    await open(protocol, { kind: 'failed', failure: 'denied', reason: '403' })
    await get(3, 'DiagnosticsLog')
    await peer.clock.run(10_000)
    expect(told()).toEqual(['Uploading 3', 'PermissionDenied 3'])
    const why = { statusInfo: { reasonCode: 'Unspecified', additionalInfo: '403' } }
    const [, failure] = peer.sent('LogStatusNotification')
    if (protocol === v21) expect(failure).toMatchObject(why)
    else expect(failure).not.toHaveProperty('statusInfo')
  })

  test('a way to transfer files that it does not speak is not tried', async () => {
    await open(protocol)
    await peer.call('GetLog', {
      requestId: 1,
      logType: 'DiagnosticsLog',
      log: { remoteLocation: 'gopher://files.example/' },
    })
    await peer.clock.run(10_000)
    expect(told()).toEqual(['Uploading 1', 'NotSupportedOperation 1'])
    expect(uploads).toEqual([])
  })

  test('[2.0.1 N01.FR.12, FR.20] a second request calls off the first, which is told', async () => {
    await open(protocol)
    await get(1, 'DiagnosticsLog')
    expect(await get(2, 'DiagnosticsLog')).toMatchObject({ status: 'AcceptedCanceled' })
    await peer.clock.run(10_000)
    expect(told()).toEqual(['Uploading 1', 'AcceptedCanceled 1', 'Uploading 2', 'Uploaded 2'])
    expect(uploads).toHaveLength(1)
  })

  test('[2.0.1 N01.FR.05] Rejected where nothing is known', async () => {
    await open(protocol)
    expect(await get(1, 'SecurityLog', { latestTimestamp: '2001-01-01T00:00:00Z' })).toMatchObject({
      status: 'Rejected',
    })
  })

  test('[2.0.1 N01.FR.13, F06] a trigger tells how things stand', async () => {
    await open(protocol)
    const trigger = () => peer.call('TriggerMessage', { requestedMessage: 'LogStatusNotification' })
    await trigger()
    expect(peer.sent('LogStatusNotification')).toEqual([{ status: 'Idle' }])
    await get(4, 'DiagnosticsLog')
    peer.forget()
    await trigger()
    expect(told()).toEqual(['Uploading 4'])
  })

  test('a power loss ends an upload', async () => {
    await open(protocol)
    await get(5, 'DiagnosticsLog')
    peer.forget()
    peer.station.powerLoss()
    peer.station.powerUp()
    await peer.clock.run(20_000)
    expect(told()).toEqual([])
    expect(uploads).toEqual([])
  })
})

test('[2.1 DataCollectorLog] what periodic monitors sampled', async () => {
  await open(v21)
  expect(await get(1, 'DataCollectorLog')).toMatchObject({ status: 'Rejected' })
  await peer.call('SetVariableMonitoring', {
    setMonitoringData: [
      {
        component: { name: 'EVSE', evse: { id: 1 } },
        variable: { name: 'Power' },
        type: 'Periodic',
        value: 10,
        severity: 9,
      },
    ],
  })
  await peer.clock.run(31_000)
  expect(await get(2, 'DataCollectorLog')).toMatchObject({ status: 'Accepted' })
  await peer.clock.run(5000)
  expect(uploads[0]?.content.split('\n')).toEqual([
    expect.stringMatching(/^2026\S+ \d+ EVSE\.Power@1 0$/),
    expect.stringContaining('EVSE.Power@1'),
    expect.stringContaining('EVSE.Power@1'),
    '',
  ])
})
