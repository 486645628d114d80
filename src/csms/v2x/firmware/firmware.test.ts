import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../../test/helpers/memory-csms.ts'

const location = 'http://user:secret@files/ac22-2.4.0.bin'
const shown = 'http://files/ac22-2.4.0.bin'
const retrieveDateTime = '2026-01-01T00:00:00.000Z'
const checksum = 'A'.repeat(32)

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('firmware of a %s station', (version) => {
  async function booted(answer: object = { status: 'Accepted' }) {
    const csms = memoryCsms()
    const station = await csms.boot('CS1', version)
    station.serve = () => answer
    const record = csms.store.stations.get('CS1')
    if (!record) throw new Error('CS1 is not known')
    const send = (action: string, payload: object) => csms.commander.send('CS1', action, payload)
    return { ...csms, station, record, send }
  }

  test('[2.0.1 L01] an update is followed to its end', async () => {
    const { station, record, send } = await booted()
    const signed = { signingCertificate: 'x', signature: 'y' }
    await send('UpdateFirmware', {
      requestId: 7,
      firmware: { location, retrieveDateTime, ...signed },
    })
    for (const status of ['Downloading', 'Downloaded', 'SignatureVerified']) {
      await station.ask('FirmwareStatusNotification', { status, requestId: 7 })
    }
    await station.ask('FirmwareStatusNotification', { status: 'Idle' })
    expect(record.firmware).toMatchObject({
      requestId: 7,
      location: shown,
      signed: true,
      status: 'SignatureVerified',
      progress: [{ status: 'Downloading' }, { status: 'Downloaded' }, {}],
    })
  })

  test.runIf(version === 'ocpp2.1')('[2.1] why something failed is kept', async () => {
    const { station, record } = await booted()
    const statusInfo = { reasonCode: 'Unspecified', additionalInfo: 'the disk is full' }
    const told = { status: 'DownloadFailed', requestId: 3, statusInfo }
    await station.ask('FirmwareStatusNotification', told)
    await station.ask('PublishFirmwareStatusNotification', told)
    const step = { status: 'DownloadFailed', reason: 'the disk is full' }
    expect(record.firmware?.progress).toMatchObject([step])
    expect(record.publications?.[0]?.progress).toMatchObject([step])
  })

  test.each(['Rejected', 'InvalidCertificate', 'RevokedCertificate'])(
    '%s, there is no update',
    async (status) => {
      const { record, send } = await booted({ status })
      await send('UpdateFirmware', { requestId: 7, firmware: { location, retrieveDateTime } })
      expect(record.firmware).toBeUndefined()
    },
  )

  test('[2.0.1 L03, L04] what a local controller publishes is known until it is withdrawn', async () => {
    const { station, record, send } = await booted()
    await send('PublishFirmware', { requestId: 3, location, checksum })
    const tell = (status: string, more: object = {}) =>
      station.ask('PublishFirmwareStatusNotification', { status, requestId: 3, ...more })
    await tell('Downloading')
    expect(record.publications).toMatchObject([
      { requestId: 3, location: shown, checksum: 'a'.repeat(32), status: 'Downloading', urls: [] },
    ])
    await tell('Published', { location: ['http://controller/file'] })
    await station.ask('PublishFirmwareStatusNotification', { status: 'Idle' })
    expect(record.publications).toMatchObject([
      { status: 'Published', urls: ['http://controller/file'] },
    ])
    station.serve = () => ({ status: 'DownloadOngoing' })
    await send('UnpublishFirmware', { checksum })
    expect(record.publications).toMatchObject([{ status: 'Published' }])
    station.serve = () => ({ status: 'Unpublished' })
    await send('UnpublishFirmware', { checksum })
    expect(record.publications).toMatchObject([{ status: 'Unpublished', urls: [] }])
  })

  test('one that was not ordered here is told all the same', async () => {
    const { station, record } = await booted()
    await station.ask('PublishFirmwareStatusNotification', {
      status: 'DownloadFailed',
      requestId: 9,
    })
    expect(record.publications).toMatchObject([{ requestId: 9, status: 'DownloadFailed' }])
  })
})
