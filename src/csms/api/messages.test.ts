import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'

describe.each([1, 2])('the messages of %i process(es)', (processes) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ processes, messageLog: 1_000 })
  })
  afterAll(() => api.close())

  test('are kept with what they are and when they went, answers by the action of their CALL', async () => {
    const { id, station } = await api.booted()
    station.serve = () => ({ status: 'Accepted' })
    await api.post(`/api/v1/stations/${id}/commands/Reset`, '{"type":"Soft"}')
    const { body } = await api.get(`/api/v1/stations/${id}/messages`)
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/)
    const row = (direction: string, messageType: number, action: string) =>
      expect.objectContaining({ at: time, stationId: id, direction, messageType, action })
    expect(body).toEqual([
      row('in', 2, 'BootNotification'),
      row('out', 3, 'BootNotification'),
      row('out', 2, 'Reset'),
      row('in', 3, 'Reset'),
    ])
    expect(JSON.parse(body[2].text)).toEqual([2, body[2].messageId, 'Reset', { type: 'Soft' }])
  })

  test('are found by station, action, direction, time and number', async () => {
    const one = await api.booted()
    const two = await api.booted()
    await one.station.ask('Heartbeat', {})
    await two.station.ask('Heartbeat', {})
    const find = async (query: string) =>
      (await api.get(`/api/v1/messages?${query}`)).body as { text: string; stationId: string }[]
    const all = await find(`stationId=${one.id}`)
    expect(all).toHaveLength(4)
    expect(await find(`stationId=${one.id}&action=Heartbeat`)).toEqual(all.slice(2))
    expect(await find(`stationId=${one.id}&direction=in&limit=1`)).toEqual([all[2]])
    expect(await find(`stationId=${one.id}&since=2999-01-01T00:00:00Z`)).toEqual([])
    expect(await find(`stationId=${one.id}&since=2020-01-01T00:00:00Z`)).toEqual(all)
    const stations = (await find('action=Heartbeat')).map(({ stationId }) => stationId)
    expect(stations).toEqual(expect.arrayContaining([one.id, two.id]))
    expect(await find('limit=3')).toHaveLength(3)
  })

  test('hold no secrets', async () => {
    const { id, station } = await api.booted()
    station.serve = () => ({ status: 'Accepted' })
    const change = '{"key":"AuthorizationKey","value":"0123456789abcdef"}'
    await api.post(`/api/v1/stations/${id}/commands/ChangeConfiguration`, change)
    const { body } = await api.get(`/api/v1/messages?stationId=${id}&action=ChangeConfiguration`)
    expect(body).toHaveLength(2)
    expect(JSON.stringify(body)).not.toContain('0123456789abcdef')
  })

  test('what is no frame is kept as such', async () => {
    const { id, station } = await api.booted()
    station.socket.send('{"not": "a frame"}')
    await expect
      .poll(async () => (await api.get(`/api/v1/stations/${id}/messages`)).body.at(-1))
      .toMatchObject({ direction: 'in', messageType: 0, text: '{"not": "a frame"}' })
  })

  test.each([
    ['/api/v1/messages?direction=up', 400],
    ['/api/v1/messages?since=yesterday', 400],
    ['/api/v1/messages?limit=0', 400],
    ['/api/v1/messages?limit=10001', 400],
    ['/api/v1/stations/NO/messages', 404],
  ])('%s is %i', async (path, status) => {
    expect((await api.get(path)).status).toBe(status)
  })
})

test('without a log there are none', async () => {
  await using api = await Api.start({})
  await api.booted()
  expect((await api.get('/api/v1/messages')).body).toEqual([])
})
