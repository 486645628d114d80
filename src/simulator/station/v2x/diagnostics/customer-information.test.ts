import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const driver = { idToken: 'DRIVER', type: 'ISO14443' }
const ask = (request: object) =>
  peer.call('CustomerInformation', { requestId: 5, report: true, clear: false, ...request })
const told = () => peer.sent('NotifyCustomerInformation')

describe.each(protocols)('what a station of $version knows of a customer', (protocol) => {
  async function open() {
    peer = new StationPeer(protocol)
    peer.answers.set('Authorize', () => ({
      idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'G', type: 'Central' } },
    }))
    await peer.booted()
    await peer.act(peer.actor.authorize(plug, driver, peer.cancel))
    await peer.act(peer.actor.plugIn(plug, ev))
    peer.forget()
  }

  test('[2.0.1 N09.FR.02, FR.05] is told, by token and by identifier', async () => {
    await open()
    expect(await ask({ idToken: driver })).toEqual({ status: 'Accepted' })
    expect(told()).toMatchObject([{ requestId: 5, seqNo: 0, tbc: false }])
    const text = String(told()[0]?.['data'])
    expect(text).toContain('authorization cache: ISO14443 DRIVER is Accepted in group G')
    expect(text).toContain('EVSE 1: ISO14443 DRIVER is authorized')
    await ask({ customerIdentifier: 'driver' })
    expect(told()[1]?.['data']).toMatch(/authorization cache: ISO14443 driver is Accepted/)
  })

  test('[2.0.1 N09.FR.06] nothing known is said so', async () => {
    await open()
    await ask({ customerIdentifier: 'somebody' })
    const certificate = {
      hashAlgorithm: 'SHA256',
      issuerNameHash: 'a',
      issuerKeyHash: 'b',
      serialNumber: '1',
    }
    await ask({ customerCertificate: certificate })
    expect(told().map(({ data }) => data)).toEqual(['no data was found', 'no data was found'])
  })

  test('[2.0.1 N10.FR.03, FR.06] is forgotten, with and without a report', async () => {
    await open()
    await ask({ idToken: driver, clear: true })
    expect(told()[0]?.['data']).toContain('authorization cache')
    await ask({ idToken: driver })
    expect(told()[1]?.['data']).not.toContain('authorization cache')
    await ask({ idToken: driver, clear: true, report: false })
    expect(told()[2]?.['data']).toBe('the data was cleared')
  })

  test('[2.0.1 N10.FR.02, FR.03] the local list is the CSMS’s: it is told and stays', async () => {
    await open()
    const localAuthorizationList = [{ idToken: driver, idTokenInfo: { status: 'Blocked' } }]
    await peer.call('SendLocalList', {
      versionNumber: 1,
      updateType: 'Full',
      localAuthorizationList,
    })
    await ask({ idToken: driver, clear: true })
    await ask({ idToken: driver })
    expect(told()).toHaveLength(2)
    for (const { data } of told()) {
      expect(data).toContain('local authorization list: ISO14443 DRIVER is Blocked')
    }
  })

  test('who has reserved a place is a customer, too', async () => {
    await open()
    await peer.act(peer.actor.unplug(plug, peer.cancel))
    const expiryDateTime = new Date(peer.clock.wallMs() + 3_600_000).toISOString()
    const idToken = { idToken: 'GUEST', type: 'ISO14443' }
    await peer.call('ReserveNow', { id: 4, idToken, expiryDateTime })
    await ask({ idToken })
    expect(told()[0]?.['data']).toBe(`reservation 4: GUEST, until ${expiryDateTime}`)
  })

  test('[2.0.1 N09.FR.07, FR.09] without a customer, or with two, it is Invalid, without an order Rejected', async () => {
    await open()
    expect(await ask({})).toMatchObject({ status: 'Invalid' })
    expect(await ask({ idToken: driver, customerIdentifier: 'driver' })).toMatchObject({
      status: 'Invalid',
      statusInfo: { reasonCode: 'InvalidValue' },
    })
    expect(await ask({ idToken: driver, report: false })).toMatchObject({ status: 'Rejected' })
    expect(told()).toEqual([])
  })
})
