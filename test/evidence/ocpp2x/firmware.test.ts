import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import type { Seen } from '../seen.ts'
import { type FirmwareRow, quickFiles } from '../transfers.ts'
import { type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* L. Firmware over HTTP, of the station itself and of those behind a local controller. */

interface PublicationRow {
  readonly requestId: number
  readonly status: string
  readonly urls: readonly string[]
  readonly progress: readonly { readonly status: string }[]
}

const before = quickFiles.station.firmware.version
const longAgo = '2020-01-01T00:00:00Z'

const update = (lab: Lab2x) =>
  lab.command('UpdateFirmware', {
    requestId: 5,
    firmware: { location: lab.files.firmware, retrieveDateTime: longAgo },
  })

/** A station that hands firmware on. */
const controller = {
  ...quickFiles,
  station: { ...quickFiles.station, configuration: { 'LocalController.Available': 'true' } },
}

const checksumOf = async (lab: Lab2x) =>
  createHash('md5')
    .update(await readFile(lab.files.path))
    .digest('hex')

async function publish(lab: Lab2x) {
  const checksum = await checksumOf(lab)
  return lab.command('PublishFirmware', { requestId: 8, location: lab.files.firmware, checksum })
}

const publication = async (lab: Lab2x): Promise<PublicationRow | undefined> =>
  (await lab.known<readonly PublicationRow[]>('publications'))?.[0]

const told = (seen: Seen<Actions201>) =>
  seen.calls('FirmwareStatusNotification').map(({ status }) => status)

/** Where stations behind the controller fetch the file, as it said in its last report. */
const offered = (seen: Seen<Actions201>): string | undefined =>
  seen.calls('PublishFirmwareStatusNotification').at(-1)?.location?.[0]

/** What somebody gets there. */
async function fetched(url: string): Promise<{ readonly status: number; readonly md5: string }> {
  const response = await fetch(url)
  const content = Buffer.from(await response.arrayBuffer())
  return { status: response.status, md5: createHash('md5').update(content).digest('hex') }
}

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'firmware')

  test('[2.0.1 L02] UpdateFirmware', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(quickFiles)
    await evidence.shows(lab, 'UpdateFirmware', {
      call: () => update(lab),
      station: {
        clause: '2.0.1 L02.FR.01',
        effect(seen) {
          const boot = seen
            .calls('BootNotification')
            .find(({ chargingStation }) => chargingStation.firmwareVersion !== before)
          return (
            boot &&
            `it fetches the file, and boots for ${boot.reason} with firmware ${boot.chargingStation.firmwareVersion}`
          )
        },
      },
      csms: {
        clause: '2.0.1 L02',
        async effect() {
          const row = await lab.known<FirmwareRow>('firmware')
          return row?.location === lab.files.firmware && row.status === 'Installed'
            ? `order ${row.requestId} is stored with where it comes from, and as ${row.status}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 L01.FR.01, L01.FR.20] FirmwareStatusNotification', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(quickFiles)
    await evidence.shows(lab, 'FirmwareStatusNotification', {
      call: () => update(lab),
      which: ({ status }) => status === 'Installing',
      station: {
        clause: '2.0.1 L01.FR.01, L01.FR.20',
        effect: (seen) =>
          told(seen).includes('Installed') ? `it goes on: ${told(seen).join(', ')}` : undefined,
      },
      csms: {
        clause: '2.0.1 L01.FR.01',
        async effect() {
          const { progress = [] } = (await lab.known<FirmwareRow>('firmware')) ?? {}
          const stored = progress.map(({ status }) => status)
          return stored.includes('Installed')
            ? `the progress of the update is stored: ${stored.join(', ')}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 L03] PublishFirmware', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(controller)
    const checksum = await checksumOf(lab)
    await evidence.shows(lab, 'PublishFirmware', {
      call: () => publish(lab),
      station: {
        clause: '2.0.1 L03.FR.04',
        async effect(seen) {
          const url = offered(seen)
          if (url === undefined) return undefined
          expect(await fetched(url)).toEqual({ status: 200, md5: checksum })
          return 'it offers the file over HTTP, byte for byte as its checksum says'
        },
      },
      csms: {
        clause: '2.0.1 L03',
        async effect() {
          const row = await publication(lab)
          return row?.status === 'Published' && row.urls.length > 0
            ? `order ${row.requestId} is stored as ${row.status}, with where the file can be had`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 L03.FR.01] PublishFirmwareStatusNotification', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(controller)
    await evidence.shows(lab, 'PublishFirmwareStatusNotification', {
      call: () => publish(lab),
      which: ({ status }) => status === 'Downloaded',
      station: {
        clause: '2.0.1 L03.FR.01',
        effect(seen) {
          const statuses = seen
            .calls('PublishFirmwareStatusNotification')
            .map(({ status }) => status)
          return statuses.includes('Published') ? `it goes on: ${statuses.join(', ')}` : undefined
        },
      },
      csms: {
        clause: '2.0.1 L03.FR.01',
        async effect() {
          const stored = (await publication(lab))?.progress.map(({ status }) => status) ?? []
          return stored.includes('Published')
            ? `the progress of the publication is stored: ${stored.join(', ')}`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 L04] UnpublishFirmware', async () => {
    await using lab = await startLab2x(version)
    await lab.connect(controller)
    const checksum = await checksumOf(lab)
    await publish(lab)
    const url = await lab.until('the publication', async () => (await publication(lab))?.urls[0])
    await evidence.shows(lab, 'UnpublishFirmware', {
      call: () => lab.command('UnpublishFirmware', { checksum }),
      station: {
        clause: '2.0.1 L04.FR.01',
        async effect() {
          const { status } = await fetched(url)
          return status === 404 ? `where the file was, it answers ${status} now` : undefined
        },
      },
      csms: {
        clause: '2.0.1 L04',
        async effect() {
          const row = await publication(lab)
          return row?.status === 'Unpublished' && row.urls.length === 0
            ? `order ${row.requestId} is stored as ${row.status}, and nowhere to be had`
            : undefined
        },
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
