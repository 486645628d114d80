import { expect, test } from 'vitest'
import { StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { protocol2x } from './protocol.ts'

/* What a station answers where a CSMS names what is not there, of the blocks B and N. */

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const

const nowhere = { component: { name: 'EVSE', evse: { id: 99 } }, variable: { name: 'Power' } }
const noPlug = {
  component: { name: 'Connector', evse: { id: 1, connectorId: 7 } },
  variable: { name: 'ConnectorType' },
}
const noInstance = {
  component: { name: 'OCPPCommCtrlr' },
  variable: { name: 'MessageAttempts', instance: 'Nothing' },
}
const power = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } }
const profile = {
  ocppVersion: 'OCPP20',
  ocppTransport: 'JSON',
  ocppInterface: 'Wired0',
  ocppCsmsUrl: 'ws://csms.example/ocpp',
  messageTimeout: 30,
  securityProfile: 0,
}
const certificate = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'a',
  issuerKeyHash: 'b',
  serialNumber: '1',
}
const status = (value: string) => ({ status: value })

const asked: readonly (readonly [string, object, object])[] = [
  [
    'GetVariables',
    { getVariableData: [nowhere, noPlug, noInstance, { ...power, attributeType: 'MinSet' }] },
    {
      getVariableResult: [
        { attributeStatus: 'UnknownComponent' },
        { attributeStatus: 'UnknownComponent' },
        { attributeStatus: 'UnknownVariable' },
        { attributeStatus: 'NotSupportedAttributeType' },
      ],
    },
  ],
  [
    'SetVariables',
    {
      setVariableData: [nowhere, noPlug, noInstance, power].map((one) => ({
        ...one,
        attributeValue: '1',
      })),
    },
    {
      setVariableResult: [
        { attributeStatus: 'UnknownComponent' },
        { attributeStatus: 'UnknownComponent' },
        { attributeStatus: 'UnknownVariable' },
        { attributeStatus: 'Rejected', attributeStatusInfo: { reasonCode: 'ReadOnly' } },
      ],
    },
  ],
  ['GetReport', { requestId: 1, componentVariable: [nowhere] }, status('EmptyResultSet')],
  ['GetReport', { requestId: 1, componentVariable: [noInstance] }, status('EmptyResultSet')],
  ['Reset', { type: 'Immediate', evseId: 99 }, status('Rejected')],
  ['Reset', { type: 'OnIdle', evseId: 0 }, status('Rejected')],
  ['SetNetworkProfile', { configurationSlot: 0, connectionData: profile }, status('Rejected')],
  [
    'SetNetworkProfile',
    { configurationSlot: 2, connectionData: { ...profile, ocppTransport: 'SOAP' } },
    status('Rejected'),
  ],
  [
    'SetNetworkProfile',
    { configurationSlot: 2, connectionData: { ...profile, ocppCsmsUrl: 'http://csms.example' } },
    status('Rejected'),
  ],
  [
    'SetNetworkProfile',
    { configurationSlot: 2, connectionData: { ...profile, securityProfile: 2 } },
    status('Rejected'),
  ],
  [
    'SetNetworkProfile',
    { configurationSlot: 2, connectionData: { ...profile, messageTimeout: 0 } },
    status('Rejected'),
  ],
  [
    'SetVariableMonitoring',
    {
      setMonitoringData: [
        { ...nowhere, type: 'Delta', value: 1, severity: 5 },
        { ...noInstance, type: 'Delta', value: 1, severity: 5 },
        { ...power, id: 4711, type: 'Delta', value: 1, severity: 5 },
        { ...power, type: 'UpperThreshold', value: 1e9, severity: 5 },
      ],
    },
    {
      setMonitoringResult: [
        { status: 'UnknownComponent' },
        { status: 'UnknownVariable' },
        { status: 'Rejected' },
        { status: 'Rejected' },
      ],
    },
  ],
  ['ClearVariableMonitoring', { id: [4711] }, { clearMonitoringResult: [status('NotFound')] }],
  ['ClearVariableMonitoring', { id: [1] }, { clearMonitoringResult: [status('Rejected')] }],
  ['GetMonitoringReport', { requestId: 1, componentVariable: [nowhere] }, status('EmptyResultSet')],
  ['SetMonitoringLevel', { severity: 10 }, status('Rejected')],
  [
    'GetLog',
    {
      requestId: 1,
      logType: 'SecurityLog',
      log: {
        remoteLocation: 'http://files.example/',
        oldestTimestamp: '2030-01-01T00:00:00Z',
        latestTimestamp: '2029-01-01T00:00:00Z',
      },
    },
    status('Rejected'),
  ],
  ['CustomerInformation', { requestId: 1, report: true, clear: false }, status('Invalid')],
  [
    'CustomerInformation',
    {
      requestId: 1,
      report: true,
      clear: false,
      customerIdentifier: 'X',
      customerCertificate: certificate,
    },
    status('Invalid'),
  ],
]

const asked21: readonly (readonly [string, object, object])[] = [
  ['AdjustPeriodicEventStream', { id: 99, params: { interval: 1 } }, status('Rejected')],
  ['Reset', { type: 'ImmediateAndResume', evseId: 99 }, status('Rejected')],
]

test.each(
  protocols.flatMap((protocol) => {
    const { version } = protocol
    return [...asked, ...(version === 'ocpp2.1' ? asked21 : [])].map(
      ([action, request, answer]) => ({ version, protocol, action, request, answer }),
    )
  }),
)('$version $action $request', async ({ protocol, action, request, answer }) => {
  const peer = new StationPeer(protocol)
  await peer.booted()
  peer.forget()
  expect(await peer.call(action, request)).toMatchObject(answer)
  await peer.clock.run(60_000)
  // Nothing comes of it.
  expect(peer.actions().filter((name) => name !== 'Heartbeat')).toEqual([])
  expect(peer.findings).toEqual([])
})
