import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Api } from '../../../test/helpers/api.ts'

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('what is known of a station of %s', (version) => {
  let api: Api
  beforeAll(async () => {
    api = await Api.start({ vendors: ['v'] })
  })
  afterAll(() => api.close())

  async function accepting(answer: object = { status: 'Accepted' }) {
    const { id, station, commands } = await api.booted(undefined, version)
    station.serve = () => answer
    return {
      station,
      command: (action: string, payload: object) =>
        api.send('POST', `${commands}/${action}`, payload),
      part: async (path: string) => (await api.get(`/api/v1/stations/${id}/${path}`)).body,
    }
  }

  test('reservations of an EVSE, and of a connector type', async () => {
    const { command, part } = await accepting()
    const reserve = {
      idToken: { idToken: 'T1', type: 'ISO14443' },
      expiryDateTime: '2099-01-01T00:00:00Z',
    }
    await command('ReserveNow', { ...reserve, id: 1, evseId: 2 })
    await command('ReserveNow', { ...reserve, id: 2, connectorType: 'cCCS2' })
    expect(await part('reservations?active=true')).toMatchObject([
      { reservationId: 1, evseId: 2, idToken: 'T1' },
      { reservationId: 2, connectorType: 'cCCS2' },
    ])
  })

  test('orders of availability', async () => {
    const { command, part } = await accepting({ status: 'Scheduled' })
    await command('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } })
    await command('ChangeAvailability', { operationalStatus: 'Inoperative' })
    expect(await part('availability')).toMatchObject([
      { evseId: 2, connectorId: 0, type: 'Inoperative', status: 'Scheduled' },
      { evseId: 0, connectorId: 0 },
    ])
  })

  test('display messages', async () => {
    const { command, part } = await accepting()
    const message = { id: 1, priority: 'InFront', message: { format: 'UTF8', content: 'Hi' } }
    await command('SetDisplayMessage', { message })
    expect(await part('display-messages')).toMatchObject([{ message }])
  })

  test('data transfers with any JSON', async () => {
    const { station, command, part } = await accepting({ status: 'Accepted', data: [1] })
    await command('DataTransfer', { vendorId: 'acme' })
    await station.ask('DataTransfer', { vendorId: 'v', data: { a: 1 } })
    expect(await part('data-transfers')).toMatchObject([
      { from: 'csms', vendorId: 'acme', data: '[1]' },
      { from: 'station', vendorId: 'v', data: '{"a":1}' },
    ])
  })
})
