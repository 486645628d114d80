import { describe, expect, test } from 'vitest'
import { ConnectorStatuses } from './connector-statuses.ts'

describe('ConnectorStatuses', () => {
  test('keeps the last acknowledged status of each connector, of either generation', () => {
    const statuses = new ConnectorStatuses()
    statuses.settled('A', { connectorId: 1, status: 'Available', errorCode: 'NoError' }, true)
    statuses.settled('A', { connectorId: 1, status: 'Charging', errorCode: 'NoError' }, true)
    statuses.settled('B', { evseId: 1, connectorId: 2, connectorStatus: 'Occupied' }, true)
    expect(statuses.all()).toEqual([
      { stationId: 'A', evseId: 0, connectorId: 1, status: 'Charging' },
      { stationId: 'B', evseId: 1, connectorId: 2, status: 'Occupied' },
    ])
  })

  test('claims nothing where the last one may or may not have arrived', () => {
    const statuses = new ConnectorStatuses()
    statuses.settled('A', { connectorId: 1, status: 'Available' }, true)
    statuses.settled('A', { connectorId: 1, status: 'Charging' }, false)
    statuses.settled('B', { connectorId: 1, status: 'Available' }, true)
    statuses.forget('B')
    statuses.settled('C', { status: 7 }, true)
    expect(statuses.all()).toEqual([])
  })
})
