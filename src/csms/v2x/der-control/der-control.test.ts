import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

const droop = {
  priority: 1,
  overFreq: 50.2,
  underFreq: 49.8,
  overDroop: 0.05,
  underDroop: 0.05,
  responseTime: 1,
}

async function booted() {
  const csms = memoryCsms({ pingIntervalMs: 0 })
  const station = await csms.boot('CS1', 'ocpp2.1')
  const answers: Record<string, object> = {}
  station.serve = (action) => answers[action] ?? { status: 'Accepted' }
  const record = () => csms.store.stations.get('CS1')
  const send = (action: string, payload: object) => csms.commander.send('CS1', action, payload)
  return { station, answers, record, send }
}

const set = (controlId: string, more: object = {}) => ({
  controlId,
  controlType: 'FreqDroop',
  isDefault: true,
  freqDroop: droop,
  ...more,
})

describe('DER controls of a station', () => {
  test('[2.1 R04] are known from accepted orders, and which of them count', async () => {
    const { send, answers, record } = await booted()
    await send('SetDERControl', set('A'))
    answers['SetDERControl'] = { status: 'Accepted', supersededIds: ['A'] }
    await send('SetDERControl', set('B'))
    answers['SetDERControl'] = { status: 'Rejected' }
    await send('SetDERControl', set('C'))
    expect(record()?.derControls).toMatchObject([
      { controlId: 'A', isSuperseded: true },
      { controlId: 'B', isSuperseded: false, content: { freqDroop: droop } },
    ])
    await send('ClearDERControl', { isDefault: false })
    expect(record()?.derControls).toHaveLength(2)
    await send('ClearDERControl', { isDefault: true, controlId: 'A' })
    expect(record()?.derControls).toMatchObject([{ controlId: 'B' }])
  })

  test('[2.1 R04.FR.31] are what it reports when it is asked for them', async () => {
    const { send, station, record } = await booted()
    await send('SetDERControl', set('OLD'))
    await send('GetDERControl', { requestId: 1 })
    await station.ask('ReportDERControl', {
      requestId: 1,
      freqDroop: [{ id: 'D', isDefault: true, isSuperseded: false, freqDroop: droop }],
      curve: [
        {
          id: 'V',
          curveType: 'VoltWatt',
          isDefault: false,
          isSuperseded: true,
          curve: { priority: 1, yUnit: 'PctMaxW', curveData: [{ x: 110, y: 0 }] },
        },
      ],
    })
    expect(record()?.derControls).toMatchObject([
      { controlId: 'V', controlType: 'VoltWatt', isDefault: false, isSuperseded: true },
      { controlId: 'D', controlType: 'FreqDroop', isDefault: true },
    ])
  })

  test('[2.1 R04.FR.31, FR.32] are reported in parts, the last of which says so', async () => {
    const { send, station, answers, record } = await booted()
    await send('GetDERControl', { requestId: 1 })
    const part = (id: string, requestId: number, tbc: boolean) =>
      station.ask('ReportDERControl', {
        requestId,
        tbc,
        freqDroop: [{ id, isDefault: true, isSuperseded: false, freqDroop: droop }],
      })
    await part('A', 1, true)
    expect(record()?.derReport).toEqual({ requestId: 1, controls: 1, complete: false })
    await part('X', 7, false)
    await part('B', 1, false)
    expect(record()?.derReport).toEqual({ requestId: 1, controls: 2, complete: true })
    answers['GetDERControl'] = { status: 'NotFound' }
    await send('GetDERControl', { requestId: 2, controlId: 'NONE' })
    expect(record()?.derReport).toEqual({ requestId: 2, controls: 0, complete: true })
  })

  test('[2.1 R04.FR.20-FR.22] begin, supersede, and are gone when they end', async () => {
    const { send, station, record } = await booted()
    await send('SetDERControl', set('A', { isDefault: false }))
    await send('SetDERControl', set('B', { isDefault: false }))
    const told = { timestamp: '2026-01-01T00:00:00Z' }
    await station.ask('NotifyDERStartStop', {
      ...told,
      controlId: 'B',
      started: true,
      supersededIds: ['A'],
    })
    expect(record()?.derControls).toMatchObject([
      { controlId: 'A', isSuperseded: true },
      { controlId: 'B', isSuperseded: false, startedAt: told.timestamp },
    ])
    await station.ask('NotifyDERStartStop', { ...told, controlId: 'B', started: false })
    expect(record()?.derControls?.map(({ controlId }) => controlId)).toEqual(['A'])
  })

  test('[2.1 R05] alarm once, until the grid is well again', async () => {
    const { station, record } = await booted()
    const alarm = (minute: number, alarmEnded: boolean) =>
      station.ask('NotifyDERAlarm', {
        controlType: 'HFMustTrip',
        gridEventFault: 'OverFrequency',
        timestamp: `2026-01-01T00:0${minute}:00Z`,
        alarmEnded,
      })
    await alarm(1, false)
    await alarm(2, false)
    await alarm(3, true)
    await alarm(4, false)
    expect(record()?.derAlarms).toMatchObject([
      { startedAt: '2026-01-01T00:01:00Z', endedAt: '2026-01-01T00:03:00Z' },
      { startedAt: '2026-01-01T00:04:00Z' },
    ])
  })
})
