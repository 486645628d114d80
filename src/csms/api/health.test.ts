import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'
import { dialStation } from '../../../test/helpers/bare-station.ts'

describe.each([1, 2])('health and metrics of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ processes })
  })
  afterAll(() => api.close())

  test('it lives and is ready', async () => {
    expect((await api.get('/health/live')).body).toEqual({ status: 'live' })
    expect((await api.get('/health/ready')).body).toEqual({ status: 'ready', reasons: [] })
  })

  test('metrics count what happened, one sample a line, every family explained once', async () => {
    const { id, station, commands } = await api.booted()
    await station.ask('Heartbeat', {})
    station.serve = () => ({ status: 'Accepted' })
    await api.post(`${commands}/Reset`, '{"type":"Soft"}')
    await station.verdict('Nonsense', {})
    await expect(dialStation(`${api.server.urls[0]}/x`, 'soap')).rejects.toThrow()
    await station.verdict('Authorize', {})
    const { body, headers } = await api.get('/metrics')
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const lines = String(body).trimEnd().split('\n')
    const sample = (name: string) => {
      const line = lines.find((one) => one.startsWith(`${name} `))
      return line === undefined ? undefined : Number(line.slice(name.length + 1))
    }
    expect(sample('csms_connections{version="ocpp1.6"}')).toBe(1)
    expect(sample('csms_connections{version="ocpp2.1"}')).toBe(0)
    expect(sample('csms_stations')).toBe(1)
    expect(sample('csms_messages_total{direction="in"}')).toBe(5)
    expect(sample('csms_messages_total{direction="out"}')).toBe(5)
    expect(sample('csms_calls_total{action="Heartbeat",direction="in"}')).toBe(1)
    expect(sample('csms_calls_total{action="Reset",direction="out"}')).toBe(1)
    expect(sample('csms_commands_total{action="Reset",outcome="answered"}')).toBe(1)
    expect(sample('csms_handshakes_refused_total{reason="malformed"}')).toBe(1)
    expect(sample('csms_store_stuck')).toBe(0)
    expect(String(body)).not.toContain('Nonsense')
    expect(String(body)).not.toContain(id)
    expect(sample('csms_upgrades_total{outcome="accepted"}')).toBe(1)
    expect(sample('csms_violations_total{rule="RPC_REQUEST_SCHEMA",level="MUST"}')).toBe(1)
    const own = processes === 1 ? 1 : processes + 1
    const memory = lines.filter((line) => line.startsWith('csms_process_resident_memory_bytes{'))
    expect(memory).toHaveLength(own)
    for (const line of lines) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) csms_\w+ .+|csms_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [\d.e+-]+)$/,
      )
    }
    const families = lines
      .filter((line) => line.startsWith('# TYPE'))
      .map((line) => line.split(' ')[2])
    expect(new Set(families).size).toBe(families.length)
  })
})
