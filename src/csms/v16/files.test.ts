import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const location = 'ftp://me:secret@files.example/fw-2.0.bin'
const retrieveDate = '2026-01-01T10:00:00Z'

async function station() {
  const csms = memoryCsms()
  const peer = await csms.boot('CP1')
  const record = () => {
    const found = csms.store.stations.get('CP1')
    if (!found) throw new Error('CP1 is not known')
    return found
  }
  /** The CSMS calls, the station answers. */
  const command = async (action: string, payload: object, answer: object) => {
    peer.serve = () => answer
    const outcome = csms.commander.send('CP1', action, payload)
    await csms.clock.run(0)
    return outcome
  }
  const tell = (action: string, payload: object) => peer.ask(action, payload)
  return { csms, record, command, tell }
}

describe('firmware', () => {
  test('[1.6 4.5] an order and what comes of it is remembered, without its credentials', async () => {
    const { record, command, tell, csms } = await station()
    await command('UpdateFirmware', { location, retrieveDate }, {})
    expect(record().firmware).toMatchObject({
      location: 'ftp://files.example/fw-2.0.bin',
      retrieveAt: retrieveDate,
      orderedAt: '2026-01-01T00:00:00.000Z',
      signed: false,
      progress: [],
    })
    for (const status of ['Downloading', 'Downloaded', 'Installing', 'Installed']) {
      csms.clock.advance(1000)
      expect(await tell('FirmwareStatusNotification', { status })).toEqual({})
    }
    expect(record().firmware).toMatchObject({
      status: 'Installed',
      since: '2026-01-01T00:00:04.000Z',
      progress: [
        { status: 'Downloading', at: '2026-01-01T00:00:01.000Z' },
        { status: 'Downloaded' },
        { status: 'Installing' },
        { status: 'Installed' },
      ],
    })
    expect(JSON.stringify(record())).not.toContain('secret')
  })

  test('Idle says that there is nothing: it changes nothing', async () => {
    const { record, tell } = await station()
    await tell('FirmwareStatusNotification', { status: 'Idle' })
    expect(record().firmware).toBeUndefined()
    await tell('FirmwareStatusNotification', { status: 'Downloading' })
    await tell('FirmwareStatusNotification', { status: 'Idle' })
    expect(record().firmware?.status).toBe('Downloading')
  })

  test('[1.6 SWP L01] only an order that was accepted counts, and its statuses by request', async () => {
    const { record, command, tell } = await station()
    const order = (requestId: number) => ({
      requestId,
      firmware: {
        location,
        retrieveDateTime: retrieveDate,
        signingCertificate: 'c',
        signature: 's',
      },
    })
    await command('SignedUpdateFirmware', order(1), { status: 'InvalidCertificate' })
    expect(record().firmware).toBeUndefined()
    await command('SignedUpdateFirmware', order(2), { status: 'Accepted' })
    await tell('SignedFirmwareStatusNotification', { status: 'Downloading', requestId: 2 })
    expect(record().firmware).toMatchObject({ requestId: 2, signed: true, status: 'Downloading' })
    await tell('SignedFirmwareStatusNotification', { status: 'Installed', requestId: 9 })
    expect(record().firmware).toMatchObject({ requestId: 9, status: 'Installed' })
    expect(record().firmware?.location).toBeUndefined()
  })

  test('a station that talks without an end is remembered in part', async () => {
    const { record, tell } = await station()
    for (let i = 0; i < 100; i += 1) {
      await tell('FirmwareStatusNotification', { status: 'Downloading' })
    }
    expect(record().firmware?.progress).toHaveLength(32)
  })
})

describe('diagnostics and logs', () => {
  test('[1.6 4.4] diagnostics are remembered with the name of their file', async () => {
    const { record, command, tell } = await station()
    await command(
      'GetDiagnostics',
      { location: 'http://a:b@files.example/' },
      { fileName: 'x.log' },
    )
    await tell('DiagnosticsStatusNotification', { status: 'Uploading' })
    await tell('DiagnosticsStatusNotification', { status: 'UploadFailed' })
    await tell('DiagnosticsStatusNotification', { status: 'Idle' })
    expect(record().diagnostics).toMatchObject({
      type: 'Diagnostics',
      location: 'http://files.example/',
      fileName: 'x.log',
      status: 'UploadFailed',
    })
  })

  test('[1.6 SWP N01] logs are told apart by their request; rejected ones are none', async () => {
    const { record, command, tell } = await station()
    const order = (requestId: number) => ({
      requestId,
      logType: 'SecurityLog',
      log: { remoteLocation: 'http://files.example/' },
    })
    await command('GetLog', order(1), { status: 'Accepted', filename: 'one.log' })
    await command('GetLog', order(2), { status: 'AcceptedCanceled', filename: 'two.log' })
    await command('GetLog', order(3), { status: 'Rejected' })
    await tell('LogStatusNotification', { status: 'Uploading' })
    expect(record().logs).toMatchObject([
      { requestId: 1, fileName: 'one.log', status: 'AcceptedCanceled' },
      { requestId: 2, fileName: 'two.log', status: 'Uploading' },
    ])
    await tell('LogStatusNotification', { status: 'Uploaded', requestId: 1 })
    expect(record().logs).toMatchObject([
      { requestId: 1, fileName: 'one.log', status: 'Uploaded' },
      { requestId: 2, fileName: 'two.log', status: 'Uploading' },
    ])
  })

  test('a log that nobody asked for is remembered, too, and no more than sixteen', async () => {
    const { record, tell } = await station()
    for (let requestId = 1; requestId <= 20; requestId += 1) {
      await tell('LogStatusNotification', { status: 'Uploaded', requestId })
    }
    const requests = record().logs?.map(({ requestId }) => requestId)
    expect(requests).toHaveLength(16)
    expect(requests?.at(-1)).toBe(20)
  })
})
