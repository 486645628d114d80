import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bootPayload, dialStation } from '../../test/helpers/bare-station.ts'
import { realClock } from '../platform/real-clock.ts'
import { ScaledClock } from '../shared/clock.ts'
import { webSocketDial } from '../transport/websocket-client.ts'
import type { CsmsEvent } from './events.ts'
import { type Csms, startCsms } from './start-csms.ts'

const connected = (csms: Csms, id: string, version: string, headers: Record<string, string> = {}) =>
  dialStation(`${csms.url}/ocpp/${id}`, version, headers)

const basic = (user: string, password: string) => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

describe('startCsms', () => {
  test.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
    '%s: a station boots and beats over a real socket',
    async (version) => {
      await using csms = await startCsms({ port: 0 })
      const station = await connected(csms, 'CP1', version)
      expect(await station.ask('BootNotification', bootPayload(version))).toMatchObject({
        status: 'Accepted',
        interval: 300,
      })
      expect(await station.ask('Heartbeat', {})).toHaveProperty('currentTime')
      expect(csms.connections).toBe(1)
      expect(csms.stations()).toMatchObject([{ id: 'CP1', protocol: version, connected: true }])
      expect(csms.counters()).toMatchObject({ messagesReceived: 2, messagesSent: 2, findings: {} })
    },
  )

  test('the wire shows simulated time', async () => {
    const originWallMs = Date.UTC(2030, 0, 1)
    const simulated = new ScaledClock(realClock, 3600, originWallMs, realClock.monotonicMicros())
    await using csms = await startCsms({ port: 0, clocks: { real: realClock, simulated } })
    const station = await connected(csms, 'CP1', 'ocpp1.6')
    const { currentTime } = await station.ask('BootNotification', bootPayload('ocpp1.6'))
    expect(currentTime).toMatch(/^2030-01-01T/)
  })

  test('[2.0.1 Part 4 3.3] a station that offers compression gets it', async () => {
    await using csms = await startCsms({ port: 0 })
    const url = `${csms.url}/ocpp/CP1`
    const extensions = await new Promise<string>((resolve, reject) => {
      const request = { url, protocols: ['ocpp2.0.1'], headers: {}, timeoutMs: 5000 }
      webSocketDial({ compression: true })(request, {
        opened: ({ bare }) => resolve(bare?.extensions ?? ''),
        failed: (_failure, detail) => reject(new Error(detail)),
      })
    })
    expect(extensions).toContain('permessage-deflate')
  })

  test('passwords are asked for, and never told to the observer', async () => {
    const events: CsmsEvent[] = []
    await using csms = await startCsms({
      port: 0,
      frames: true,
      observer: (event) => void events.push(event),
      stations: [{ id: 'CP1', password: 'secret-secret-16' }],
    })
    const wrong = connected(csms, 'CP1', 'ocpp1.6', basic('CP1', 'secret-wrong-16'))
    await expect(wrong).rejects.toThrow('HTTP 401')
    await connected(csms, 'CP1', 'ocpp1.6', basic('CP1', 'secret-secret-16'))
    expect(events.map(({ type }) => type)).toEqual(['listening', 'refused', 'connected'])
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  test('one megabyte in a frame closes that connection with 1009 and no other', async () => {
    await using csms = await startCsms({ port: 0 })
    const big = await connected(csms, 'CP1', 'ocpp1.6')
    const other = await connected(csms, 'CP2', 'ocpp1.6')
    big.socket.send(`[2,"1","DataTransfer",{"vendorId":"${'x'.repeat(1024 * 1024)}"}]`)
    await expect.poll(() => big.closedWith?.code).toBe(1009)
    expect(await other.ask('BootNotification', bootPayload('ocpp1.6'))).toHaveProperty('status')
  })

  test('unknown stations and unknown subprotocols stay out', async () => {
    await using csms = await startCsms({
      port: 0,
      unknownStations: 'reject',
      stations: [{ id: 'A' }],
    })
    await expect(connected(csms, 'B', 'ocpp1.6')).rejects.toThrow('HTTP 404')
    await expect(connected(csms, 'A', 'ocpp0.1')).rejects.toThrow('HTTP 400')
    expect(csms.counters().connectionsRefused).toBe(2)
  })

  test('a station that closes in the middle of its CALL harms nothing', async () => {
    await using csms = await startCsms({ port: 0 })
    const station = await connected(csms, 'CP1', 'ocpp1.6')
    station.socket.send(`[2,"1","BootNotification",${JSON.stringify(bootPayload('ocpp1.6'))}]`)
    station.socket.terminate()
    await expect.poll(() => csms.connections).toBe(0)
    expect(csms.counters().handlerFailures).toBe(0)
    const again = await connected(csms, 'CP1', 'ocpp1.6')
    expect(await again.ask('BootNotification', bootPayload('ocpp1.6'))).toHaveProperty('status')
  })

  test('a port that is taken is said so', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const address = taken.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    await expect(startCsms({ port })).rejects.toMatchObject({ code: 'CSMS_PORT_IN_USE' })
    taken.close()
  })

  test('a password hash that cannot be read is said so', async () => {
    const stations = [{ id: 'CP1', passwordHash: 'md5' }]
    await expect(startCsms({ port: 0, stations })).rejects.toMatchObject({
      code: 'CSMS_CONFIG_INVALID',
      message: expect.stringContaining('CP1'),
    })
  })

  test('closing tells the stations why, and can be called twice', async () => {
    const csms = await startCsms({ port: 0 })
    const station = await connected(csms, 'CP1', 'ocpp1.6')
    await Promise.all([csms.close({ code: 1012, reason: 'restart' }), csms.close()])
    await expect.poll(() => station.closedWith).toEqual({ code: 1012, reason: 'restart' })
  })

  test('a transaction that was open when the server ended is stopped after its restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'csms-restart-'))
    const options = { port: 0, dataDir, tokens: [{ idToken: 'T1', status: 'Accepted' }] } as const
    const first = await startCsms(options)
    const station = await connected(first, 'CP1', 'ocpp1.6')
    await station.ask('BootNotification', bootPayload('ocpp1.6'))
    const timestamp = '2026-01-01T00:00:00Z'
    const start = { connectorId: 1, idTag: 'T1', meterStart: 100, timestamp }
    const { transactionId } = await station.ask('StartTransaction', start)
    await first.close()

    await using second = await startCsms(options)
    expect(second.stations()).toMatchObject([{ id: 'CP1', connected: false }])
    const again = await connected(second, 'CP1', 'ocpp1.6')
    expect(await again.ask('StartTransaction', start)).toMatchObject({ transactionId })
    await again.ask('StopTransaction', { transactionId, meterStop: 600, timestamp })
    expect([...second.transactions()]).toMatchObject([{ transactionId, energyWh: 500 }])
    await second.close()
    await rm(dataDir, { recursive: true })
  })
})
