import { describe, expect, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import { Evidence } from '../evidence.ts'
import { playScript } from '../play-script.ts'
import { connectorStatus, type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* P. What vendors agreed on among themselves. */

interface TransferRow {
  readonly from: string
  readonly vendorId: string
  readonly messageId: string
}

async function transferRow(lab: Lab2x, from: string): Promise<string | undefined> {
  const rows = await lab.known<readonly TransferRow[]>('data-transfers')
  const row = rows?.find((one) => one.from === from)
  return row && `a row of the data transfers: ${row.vendorId}, ${row.messageId}`
}

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'data-transfer')

  test('[2.0.1 P01] DataTransfer to a station', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ station: { vendor: 'Acme' } })
    const transfer = { vendorId: 'Acme', messageId: 'ServiceNote', data: 'lock replaced' }
    await evidence.shows(lab, 'DataTransfer', {
      from: 'csms',
      call: () => lab.command('DataTransfer', transfer),
      csms: { clause: '2.0.1 P01', effect: () => transferRow(lab, 'csms') },
      station: {
        clause: '2.0.1 P01.FR.07',
        afterwards: () =>
          lab.command('DataTransfer', { vendorId: 'Acme', messageId: 'HealthReport' }),
        effect(seen) {
          const [report] = seen.answers('DataTransfer')
          const { note } = (report?.data ?? {}) as { readonly note?: string }
          return note && `its health report holds the note that was left: “${note}”`
        },
      },
    })
  })

  test('[2.0.1 P02] DataTransfer of a station', async () => {
    await using lab = await startLab2x(version, { vendors: ['Acme'] })
    const actor = await lab.connect()
    const asks = (vendorId: string) => `
      - call: { action: DataTransfer, payload: { vendorId: ${vendorId}, messageId: MayPark }, answer: { status: Accepted } }
      - plugIn: { battery: 60kWh, soc: 20% }`
    expect(await playScript(actor, asks('Nobody'))).toMatchObject({ kind: 'failed' })
    await evidence.shows(lab, 'DataTransfer', {
      from: 'station',
      call: () => playScript(actor, asks('Acme')),
      csms: { clause: '2.0.1 P02', effect: () => transferRow(lab, 'station') },
      station: {
        clause: '2.0.1 P02',
        effect: (seen) =>
          connectorStatus(seen, 1) === 'Occupied'
            ? 'its script, which UnknownVendorId had ended, goes on: connector 1 of EVSE 1 is Occupied'
            : undefined,
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
