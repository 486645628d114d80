import { describe, expect, test } from 'vitest'
import { bootPayload } from '../../../test/helpers/bare-station.ts'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const versions = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const

describe.each(versions)('%s boot gate', (version) => {
  const trigger = { requestedMessage: 'Heartbeat' }

  test('[2.0.1 B01.FR.10] before BootNotification a CALL is answered SecurityError', async () => {
    const station = memoryCsms().connect('CP1', version)
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    await station.boot(version)
    expect(await station.verdict('Heartbeat', {})).toBe('result')
  })

  test('a station that nobody knows and that does not boot is asked to, once', async () => {
    const csms = memoryCsms()
    const station = csms.connect('CP1', version)
    station.serve = () => ({ status: 'Accepted' })
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    const asked = station.heard.filter(([type]) => type === 2)
    expect(asked).toEqual([
      [2, 'r-csms-1', 'TriggerMessage', { requestedMessage: 'BootNotification' }],
    ])
    await station.boot(version)
    expect(await station.verdict('Heartbeat', {})).toBe('result')
  })

  test('a station that reconnects without a boot stays accepted', async () => {
    const csms = memoryCsms()
    const first = await csms.boot('CP1', version)
    first.socket.close()
    const second = csms.connect('CP1', version)
    expect(await second.verdict('Heartbeat', {})).toBe('result')
  })

  test('[2.0.1 B02.FR.09] Pending: only what the CSMS asked for is served', async () => {
    const csms = memoryCsms({ boot: { status: 'Pending', retryIntervalSeconds: 5 } })
    const station = csms.connect('CP1', version)
    expect(await station.boot(version)).toMatchObject({ status: 'Pending', interval: 5 })
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    station.serve = () => ({ status: 'Accepted' })
    const outcome = await csms.commander.send('CP1', 'TriggerMessage', trigger)
    expect(outcome).toEqual({ status: 'answered', payload: { status: 'Accepted' } })
    expect(await station.verdict('Heartbeat', {})).toBe('result')
    const other = { vendorId: 'x' }
    expect(await station.verdict('DataTransfer', other)).toBe('SecurityError')
  })

  test('[2.0.1 B02.FR.05] Pending: remote start and stop are not sent', async () => {
    const csms = memoryCsms({ boot: { status: 'Pending' } })
    const station = csms.connect('CP1', version)
    await station.boot(version)
    const [action, payload] =
      version === 'ocpp1.6'
        ? ['RemoteStartTransaction', { idTag: 'T1' }]
        : [
            'RequestStartTransaction',
            { remoteStartId: 1, idToken: { idToken: 'T', type: 'Local' } },
          ]
    expect(await csms.commander.send('CP1', action, payload)).toMatchObject({
      status: 'refused',
      because: 'registration',
    })
    expect(station.heard).toHaveLength(1)
  })

  test('[2.0.1 B03.FR.03] Rejected: the CSMS sends nothing', async () => {
    const csms = memoryCsms({ boot: { status: 'Rejected', retryIntervalSeconds: 7 } })
    const station = csms.connect('CP1', version)
    expect(await station.boot(version)).toMatchObject({ status: 'Rejected', interval: 7 })
    expect(await csms.commander.send('CP1', 'TriggerMessage', trigger)).toMatchObject({
      status: 'refused',
      because: 'registration',
    })
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
  })

  test('Pending so many times, then Accepted, also over reconnects', async () => {
    const boot = { status: 'Pending', times: 2 } as const
    const csms = memoryCsms({ boot, heartbeatIntervalSeconds: 60 })
    const statuses: unknown[] = []
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const station = csms.connect('CP1', version)
      statuses.push((await station.boot(version))['status'])
    }
    expect(statuses).toEqual(['Pending', 'Pending', 'Accepted'])
  })
})

describe('a 2.x station that this side forgot, and that does not boot because it was accepted', () => {
  const refused = () => ({ status: 'Rejected' })

  test('[2.0.1 F06] is accepted again', async () => {
    const station = memoryCsms().connect('CS1', 'ocpp2.0.1')
    station.serve = refused
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    expect(await station.verdict('Heartbeat', {})).toBe('result')
  })

  test('is not where this side accepts nobody at once', async () => {
    const station = memoryCsms({ boot: { status: 'Pending' } }).connect('CS1', 'ocpp2.0.1')
    station.serve = refused
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
  })

  test('in 1.6 a refusal says nothing of the kind', async () => {
    const station = memoryCsms().connect('CP1', 'ocpp1.6')
    station.serve = refused
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
  })
})

test('[2.0.1 B02] Pending: NotifyReport is served after GetBaseReport', async () => {
  const csms = memoryCsms({ boot: { status: 'Pending' } })
  const station = csms.connect('CS1', 'ocpp2.0.1')
  await station.ask('BootNotification', bootPayload('ocpp2.0.1'))
  const report = { requestId: 1, generatedAt: '2026-01-01T00:00:00Z', seqNo: 0 }
  expect(await station.verdict('NotifyReport', report)).toBe('SecurityError')
  station.serve = () => ({ status: 'Accepted' })
  const request = { requestId: 1, reportBase: 'FullInventory' }
  await csms.commander.send('CS1', 'GetBaseReport', request)
  expect(await station.ask('NotifyReport', report)).toEqual({})
})

test.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
  '%s: what a Pending station refused to send is not served all the same',
  async (version) => {
    const csms = memoryCsms({ boot: { status: 'Pending' } })
    const station = csms.connect('CS1', version)
    await station.boot(version)
    const trigger = { requestedMessage: 'Heartbeat' }
    const heartbeat = async (answer: object) => {
      station.serve = () => answer
      await csms.commander.send('CS1', 'TriggerMessage', trigger)
      return station.verdict('Heartbeat', {})
    }
    expect(await heartbeat({ status: 'Rejected' })).toBe('SecurityError')
    expect(await heartbeat({ status: 'Accepted' })).toBe('result')
    // A second trigger takes nothing back that the first one gave.
    expect(await heartbeat({ status: 'Rejected' })).toBe('result')
  },
)

test('[1.6 SWP 6.16] Pending: the status of a signed update is what ExtendedTriggerMessage asked for', async () => {
  const csms = memoryCsms({ boot: { status: 'Pending' } })
  const station = csms.connect('CP1', 'ocpp1.6')
  await station.boot('ocpp1.6')
  station.serve = () => ({ status: 'Accepted' })
  const trigger = { requestedMessage: 'FirmwareStatusNotification' }
  await csms.commander.send('CP1', 'ExtendedTriggerMessage', trigger)
  const status = { status: 'Idle' }
  expect(await station.verdict('FirmwareStatusNotification', status)).toBe('SecurityError')
  expect(await station.verdict('SignedFirmwareStatusNotification', status)).toBe('result')
})

test('[2.1 F06.FR.18] Pending: a custom trigger may be answered by what vendors agreed on', async () => {
  const csms = memoryCsms({ boot: { status: 'Pending' } })
  const station = csms.connect('CP1', 'ocpp2.1')
  await station.boot('ocpp2.1')
  station.serve = () => ({ status: 'Accepted' })
  const trigger = { requestedMessage: 'CustomTrigger', customTrigger: 'HealthReport' }
  await csms.commander.send('CP1', 'TriggerMessage', trigger)
  expect(await station.verdict('DataTransfer', { vendorId: 'x' })).toBe('result')
  expect(csms.domain.counters.snapshot().findings).toEqual({})
})
