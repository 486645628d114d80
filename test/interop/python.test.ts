import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { JsonLinesChild } from '../helpers/child.ts'
import { Serve } from '../helpers/serve.ts'
import { simulate } from '../helpers/simulate.ts'

const python = process.env['CSMS_TEST_PYTHON'] ?? 'python3'
const script = (name: string) => join(import.meta.dirname, 'python', name)
/** `pip install ocpp websockets`; where it is missing these tests are skipped and say so. */
const missing = spawnSync(python, ['-c', 'import ocpp, websockets']).status !== 0

describe.skipIf(missing).each(['ocpp1.6', 'ocpp2.0.1'] as const)(
  'the Python package ocpp, %s',
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
      await using csms = new JsonLinesChild(python, [script('central_system.py'), protocol])
      const { port } = await csms.until((line) => 'port' in line, 'its port')
      const report = await simulate(
        'fixtures/interop/session.yaml',
        '--target',
        `ws://127.0.0.1:${String(port)}`,
        '--protocol',
        protocol,
      )
      expect(report).toMatchObject({
        verdict: 'pass',
        exitCode: 0,
        scripts: { completed: 1, failed: 0 },
        violations: { total: 0 },
        books: { checked: false },
      })
      expect(csms.lines).toContainEqual({ sent: 'TriggerMessage', answer: 'Accepted' })
      const heard = csms.lines.map((line) => line['action']).filter((action) => action)
      expect(heard[0]).toBe('BootNotification')
      expect(heard).toContain('Heartbeat')
      expect(heard).toContain(protocol === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent')
    })
  },
)
