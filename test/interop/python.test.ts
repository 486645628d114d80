import { describe, expect, test } from 'vitest'
import { JsonLinesChild } from '../helpers/child.ts'
import { Serve } from '../helpers/serve.ts'
import { simulate } from '../helpers/simulate.ts'
import { ChildCsms } from './child-csms.ts'
import { everyCallSession } from './every-call-2x.ts'
import { everyReportSession } from './every-report-2x.ts'
import { obedient } from './obedient.ts'
import { OrderedChild } from './ordered-child.ts'
import { missing, peer, python, script } from './python.ts'
import * as ofServe from './serve-sessions.ts'
import * as ofServe2x from './serve-sessions-2x.ts'
import * as ofSimulate from './simulate-sessions.ts'
import * as ofSimulate2x from './simulate-sessions-2x.ts'

const pythonCsms = (protocol: string) =>
  ChildCsms.start(python, [script('central_system.py'), protocol])

describe.skipIf(missing).each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
  `${peer}, %s`,
  (protocol) => {
    test('as a charging station: csms serve stores its session and triggers a heartbeat', async () => {
      await using serve = await Serve.start()
      await using station = new JsonLinesChild(python, [
        script('charge_point.py'),
        protocol,
        `${serve.url}/PY1`,
      ])
      await station.until(
        (line) =>
          line['action'] === (protocol === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent'),
        'stop',
      )
      expect(
        await serve.command('PY1', 'TriggerMessage', { requestedMessage: 'Heartbeat' }),
      ).toEqual({ status: 'answered', payload: { status: 'Accepted' } })
      expect(await station.ended()).toBe(0)
      expect(station.lines).toContainEqual({ served: 'TriggerMessage', requested: 'Heartbeat' })
      expect(station.lines.map((line) => line['action'])).toContain('Heartbeat')
      expect(await serve.get('/api/v1/transactions')).toMatchObject([
        { stationId: 'PY1', idToken: 'PYTHON', energyWh: 1234 },
      ])
    })

    test('as a management system: csms simulate charges there and answers its trigger', async () => {
      await using csms = await pythonCsms(protocol)
      const triggered = csms
        .until(({ action }) => action === 'StatusNotification', 'a status')
        .then(() => csms.call('TriggerMessage', { requestedMessage: 'Heartbeat' }))
      const report = await simulate(
        'fixtures/interop/session.yaml',
        '--target',
        csms.url,
        '--protocol',
        protocol,
      )
      expect(await triggered).toEqual({ status: 'Accepted' })
      expect(report).toMatchObject({
        verdict: 'pass',
        exitCode: 0,
        scripts: { completed: 1, failed: 0 },
        violations: { total: 0 },
        books: { checked: false },
      })
      const heard = csms.heard.map(({ action }) => action)
      expect(heard[0]).toBe('BootNotification')
      expect(heard).toContain('Heartbeat')
      expect(heard).toContain(protocol === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent')
    })
  },
)

const obedientStation = (url: string, identity: string) =>
  obedient(python, [script('obedient_charge_point.py'), `${url}/${identity}`])

const obedientStation2x = (protocol: string) => (url: string, identity: string) =>
  obedient(python, [script('obedient_charge_point_2x.py'), protocol, `${url}/${identity}`])

describe.skipIf(missing)(peer, () => {
  test('[1.6 3.13] as a station: csms serve limits it while it charges, and knows its limits', async () => {
    await ofServe.smartChargingSession(obedientStation)
  })

  test('[1.6 4.4, 4.5] as a station: it fetches firmware of csms serve and brings diagnostics', async () => {
    await ofServe.firmwareSession(obedientStation)
  })

  test('[1.6 3.13] as a management system: it limits a station of csms, whose meter obeys', async () => {
    await using csms = await pythonCsms('ocpp1.6')
    await ofSimulate.smartChargingSession(csms)
  })

  test('[1.6 4.4, 4.5] as a management system: a station of csms installs its firmware', async () => {
    await using csms = await pythonCsms('ocpp1.6')
    await ofSimulate.firmwareSession(csms)
  })
})

describe.skipIf(missing).each(['ocpp2.0.1', 'ocpp2.1'] as const)(`${peer}, %s`, (protocol) => {
  test('[2.0.1 F01, K01] as a station: csms serve starts, limits and stops it', async () => {
    await ofServe2x.chargingSession(obedientStation2x(protocol))
  })

  test('[2.0.1 B05-B07, L01, N01] as a station: csms serve maintains it', async () => {
    await ofServe2x.maintenanceSession(obedientStation2x(protocol))
  })

  test('[2.0.1 A-P] as a station: it sends all there is, and can read the answers', async () => {
    await everyReportSession(async (url) => {
      const args = [script('commanded_charge_point.py'), protocol, `${url}/PEER`]
      const station = new OrderedChild(python, args)
      await station.child.until((line) => line['connected'] === true, 'that it connected')
      return station
    }, protocol)
  })

  test('[2.0.1 F01, K01] as a management system: it starts, limits and stops a station of csms', async () => {
    await using csms = await pythonCsms(protocol)
    await ofSimulate2x.chargingSession(csms, protocol)
  })

  test('[2.0.1 B05-B07, L01, N01] as a management system: it maintains a station of csms', async () => {
    await using csms = await pythonCsms(protocol)
    await ofSimulate2x.maintenanceSession(csms, protocol)
  })

  test('[2.0.1 A-P] as a management system: it sends all there is, and can read the answers', async () => {
    await using csms = await pythonCsms(protocol)
    await everyCallSession(csms, protocol)
  })
})
