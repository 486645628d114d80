import { describe, expect, test } from 'vitest'
import { csmsLab } from '../../../../test/helpers/csms-lab.ts'

const now = '2026-01-01T00:00:00.000Z'

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('orders of availability, %s', (version) => {
  async function orders() {
    const lab = await csmsLab(version)
    const order = (operationalStatus: string, evse?: object, status = 'Accepted') =>
      lab.command('ChangeAvailability', { operationalStatus, ...(evse && { evse }) }, { status })
    const status = (evseId: number, connectorId: number, connectorStatus: string) =>
      lab.tell('StatusNotification', { timestamp: now, evseId, connectorId, connectorStatus })
    return { lab, order, status }
  }

  test('[2.0.1 G03 note 1] station, EVSE and connector keep one each', async () => {
    const { lab, order } = await orders()
    await order('Inoperative', { id: 1, connectorId: 2 })
    await order('Inoperative', { id: 1 })
    await order('Inoperative')
    await order('Operative', { id: 1 })
    await order('Operative', { id: 9 }, 'Rejected')
    expect(lab.record.availability).toEqual([
      { evseId: 1, connectorId: 2, type: 'Inoperative', status: 'Accepted', orderedAt: now },
      { evseId: 0, connectorId: 0, type: 'Inoperative', status: 'Accepted', orderedAt: now },
      { evseId: 1, connectorId: 0, type: 'Operative', status: 'Accepted', orderedAt: now },
    ])
  })

  test('[2.0.1 G03.FR.05] a scheduled one holds when nothing of it is in use any more', async () => {
    const { lab, order, status } = await orders()
    await status(1, 1, 'Occupied')
    await status(2, 1, 'Occupied')
    await order('Inoperative', undefined, 'Scheduled')
    await order('Inoperative', { id: 1 }, 'Scheduled')
    const states = () => lab.record.availability?.map((known) => known.status)
    await status(1, 1, 'Unavailable')
    expect(states()).toEqual(['Scheduled', 'Accepted'])
    await lab.tell('NotifyEvent', {
      generatedAt: now,
      seqNo: 0,
      eventData: [
        {
          eventId: 1,
          timestamp: now,
          trigger: 'Delta',
          actualValue: 'Unavailable',
          eventNotificationType: 'HardWiredNotification',
          component: { name: 'Connector', evse: { id: 2, connectorId: 1 } },
          variable: { name: 'AvailabilityState' },
        },
      ],
    })
    expect(states()).toEqual(['Accepted', 'Accepted'])
  })
})
