import { expect, test } from 'vitest'
import { StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import { protocol2x } from '../protocol.ts'

const named = { component: { name: 'ClockCtrlr' }, variable: { name: 'TimeOffset' } }

test.each([
  ['+02:00', 'Accepted'],
  ['-03:30', 'Accepted'],
  ['+14:00', 'Accepted'],
  ['+15:00', 'Rejected'],
  ['-12:30', 'Rejected'],
  ['+02:60', 'Rejected'],
  ['2', 'Rejected'],
  ['Z', 'Rejected'],
])('[2.0.1 ClockCtrlr.TimeOffset] %s is %s', async (attributeValue, attributeStatus) => {
  const peer = new StationPeer(protocol2x('ocpp2.0.1', validators))
  await peer.booted()
  const answer = await peer.call('SetVariables', {
    setVariableData: [{ ...named, attributeValue }],
  })
  expect(answer).toMatchObject({ setVariableResult: [{ attributeStatus }] })
})
