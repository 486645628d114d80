import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'
import type { SecurityProfile } from '../../ocpp/security-profile.ts'

describe('sessions', () => {
  test('the newer connection of one identity wins, the old one is told why', async () => {
    const csms = memoryCsms()
    const old = await csms.boot('CP1')
    const fresh = csms.connect('CP1')
    await csms.clock.run(0)
    expect(old.closedWith).toEqual({
      code: 4000,
      reason: 'Replaced by a newer connection of this identity',
    })
    expect(fresh.closedWith).toBeUndefined()
    expect(csms.gateway.connections).toBe(1)
    expect(csms.store.stations.get('CP1')?.connectedSince).toBeDefined()
    expect(await fresh.ask('Heartbeat', {})).toHaveProperty('currentTime')
    expect(csms.domain.counters.connectionsReplaced).toBe(1)
  })

  test('who proved who it is does not give way to somebody who did not', async () => {
    const csms = memoryCsms()
    const join = (profile: SecurityProfile) => csms.connect('CP1', 'ocpp1.6', profile)
    const proven = join(3)
    await proven.boot('ocpp1.6')
    const stranger = join(0)
    await csms.clock.run(0)
    const reason = 'This station is connected, and proved who it is'
    expect(stranger.closedWith).toEqual({ code: 1008, reason })
    expect(csms.events.at(-1)).toMatchObject({ type: 'refused', stationId: 'CP1', status: 1008 })
    expect(csms.store.stations.get('CP1')?.security?.profile).toBe(3)
    expect(await proven.ask('Heartbeat', {})).toHaveProperty('currentTime')
    const again = join(1)
    await csms.clock.run(0)
    expect([proven.closedWith?.code, again.closedWith]).toEqual([4000, undefined])
  })

  test('what is known of a station outlives its connection', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    csms.clock.advance(5_000)
    station.socket.close(1000, 'bye')
    await csms.clock.run(0)
    expect(csms.gateway.connections).toBe(0)
    expect(csms.store.stations.get('CP1')).toMatchObject({
      registration: 'Accepted',
      connectedSince: undefined,
      lastSeen: '2026-01-01T00:00:05.000Z',
    })
    expect(csms.events.at(-1)).toEqual({
      type: 'disconnected',
      stationId: 'CP1',
      code: 1000,
      reason: 'bye',
    })
  })

  test('lastSeen moves with what arrives, not with time', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    await csms.clock.run(1_000)
    const before = csms.store.stations.get('CP1')?.lastSeen
    await csms.clock.run(10_000)
    expect(csms.store.stations.get('CP1')?.lastSeen).toBe(before)
    await station.ask('Heartbeat', {})
    await csms.clock.run(1_000)
    expect(csms.store.stations.get('CP1')?.lastSeen).toBe('2026-01-01T00:00:11.250Z')
  })
})

describe('bad input', () => {
  test.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
    '%s: no frame, however broken, stops a session or touches another',
    async (version) => {
      const csms = memoryCsms()
      const station = await csms.boot('CP1', version)
      const other = await csms.boot('CP2', version)
      const bad = [
        'garbage',
        '',
        '{}',
        '[]',
        'null',
        '42',
        '[2]',
        '[2,1,"Heartbeat",{}]',
        '[9,"x","Heartbeat",{}]',
        '[2,"e1","Explode",{}]',
        '[2,"e2","Heartbeat",{"surprise":1}]',
        '[2,"e3","Reset",{"type":"Soft"}]',
        '[3,"nobody-asked",{}]',
        '[4,"nobody-asked","GenericError","",{}]',
        `[2,"e4","DataTransfer",{"vendorId":"${'x'.repeat(300)}"}]`,
      ]
      for (const text of bad) station.socket.send(text)
      expect(await station.ask('Heartbeat', {})).toHaveProperty('currentTime')
      expect(await other.ask('Heartbeat', {})).toHaveProperty('currentTime')
      const errors = new Map(station.heard.filter(([type]) => type === 4).map((f) => [f[1], f[2]]))
      expect(errors.get('e1')).toBe('NotImplemented')
      expect(errors.get('e2')).toBe('PropertyConstraintViolation')
      expect(errors.get('e3')).toBe('NotSupported')
      expect(errors.get('e4')).toBe('PropertyConstraintViolation')
      expect(other.heard.filter(([type]) => type === 4)).toEqual([])
      const { findings } = csms.domain.counters.snapshot()
      expect(findings).toMatchObject({
        RPC_NOT_A_FRAME: { level: 'MUST', count: 8 },
        RPC_UNKNOWN_TYPE: { level: 'SHOULD', count: 1 },
        RPC_UNKNOWN_ACTION: { count: 1 },
        RPC_WRONG_DIRECTION: { count: 1 },
        RPC_UNSOLICITED_ANSWER: { count: 2 },
        RPC_REQUEST_SCHEMA: { count: 2 },
      })
      expect(findings['RPC_NOT_A_FRAME']?.samples).toHaveLength(5)
    },
  )

  test('a duplicate answer is a finding', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    station.serve = () => ({ status: 'Accepted' })
    await csms.commander.send('CP1', 'ClearCache', {})
    station.socket.send('[3,"r-csms-1",{"status":"Accepted"}]')
    await csms.clock.run(0)
    expect(csms.domain.counters.snapshot().findings).toHaveProperty('RPC_DUPLICATE_ANSWER')
  })

  test('CALLs sent without waiting are all answered, in order', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    const answers = ['a', 'b', 'c'].map((id) => station.call('Heartbeat', {}, id))
    expect((await Promise.all(answers)).map((frame) => frame[1])).toEqual(['a', 'b', 'c'])
  })
})

describe('keepalive', () => {
  test('a silent station is pinged and kept while it answers', async () => {
    const csms = memoryCsms({ pingIntervalMs: 10_000 })
    const station = await csms.boot('CP1')
    await csms.clock.run(60_000)
    expect(station.closedWith).toBeUndefined()
  })

  test('a station that does not pong is dropped after another interval', async () => {
    const csms = memoryCsms({ pingIntervalMs: 10_000 })
    const deaf = {
      protocol: 'ocpp1.6',
      pings: 0,
      terminated: false,
      send() {},
      close() {},
      listen() {},
      ping() {
        this.pings += 1
      },
      terminate() {
        this.terminated = true
      },
    }
    csms.gateway.accept(deaf, {
      stationId: 'CP1',
      version: 'ocpp1.6',
      remoteAddress: '',
      security: { profile: 0 },
    })
    await csms.clock.run(11_000)
    expect(deaf).toMatchObject({ pings: 1, terminated: false })
    await csms.clock.run(10_000)
    expect(deaf).toMatchObject({ pings: 1, terminated: true })
  })

  test('a replaced peer that does not finish the closing handshake is dropped', async () => {
    const csms = memoryCsms({ pingIntervalMs: 0 })
    const stuck = {
      protocol: 'ocpp1.6',
      terminated: false,
      send() {},
      close() {},
      listen() {},
      ping() {},
      terminate() {
        this.terminated = true
      },
    }
    csms.gateway.accept(stuck, {
      stationId: 'CP1',
      version: 'ocpp1.6',
      remoteAddress: '',
      security: { profile: 0 },
    })
    csms.connect('CP1')
    await csms.clock.run(4_000)
    expect(stuck.terminated).toBe(false)
    await csms.clock.run(2_000)
    expect(stuck.terminated).toBe(true)
  })
})

describe('what is shown of frames', () => {
  test('frames reach the observer only when asked for, without secrets', async () => {
    const csms = memoryCsms({ frames: true })
    const station = await csms.boot('CP1')
    station.serve = () => ({ status: 'Accepted' })
    const change = { key: 'AuthorizationKey', value: '00112233445566778899aabbccddeeff' }
    await csms.commander.send('CP1', 'ChangeConfiguration', change)
    const frames = csms.events.filter((event) => event.type === 'frame')
    expect(frames.map(({ direction }) => direction)).toEqual(['in', 'out', 'out', 'in'])
    expect(frames[2]?.text).toBe(
      '[2,"r-csms-1","ChangeConfiguration",{"key":"AuthorizationKey","value":"***"}]',
    )
    expect(JSON.stringify(csms.events)).not.toContain('00112233')

    const quiet = memoryCsms()
    await quiet.boot('CP1')
    expect(quiet.events.map(({ type }) => type)).toEqual(['connected', 'booted'])
  })

  test('findings hide secrets too', async () => {
    const csms = memoryCsms()
    const station = await csms.boot('CP1')
    station.socket.send('[3,"x",{"configurationKey":[{"key":"AuthorizationKey","value":"top"}]}]')
    station.socket.send('[2,"password=top"')
    await csms.clock.run(0)
    const { findings } = csms.domain.counters.snapshot()
    expect(Object.keys(findings)).toEqual(['RPC_UNSOLICITED_ANSWER', 'RPC_NOT_A_FRAME'])
    expect(JSON.stringify(findings)).not.toContain('top')
  })
})
