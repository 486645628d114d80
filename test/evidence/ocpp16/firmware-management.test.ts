import { test } from 'vitest'
import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import { Evidence } from '../evidence.ts'
import { type FirmwareRow, type LogRow, quickFiles } from '../transfers.ts'
import { startLab16 } from './lab16.ts'

/* Firmware and diagnostics over HTTP, between a real station and a real management system. */

const firmware = new Evidence<Actions16>('ocpp1.6', 'firmware-management')

const before = quickFiles.station.firmware.version
const longAgo = '2020-01-01T00:00:00Z'

test('[1.6 5.19] UpdateFirmware', async () => {
  await using lab = await startLab16()
  await lab.connect(quickFiles)
  await firmware.shows(lab, 'UpdateFirmware', {
    call: () =>
      lab.command('UpdateFirmware', { location: lab.files.firmware, retrieveDate: longAgo }),
    station: {
      clause: '1.6 4.5, 5.19',
      effect(seen) {
        const boots = seen.calls('BootNotification')
        const boot = boots.find(({ firmwareVersion }) => firmwareVersion !== before)
        return (
          boot && `it fetches the file, reboots, and boots with firmware ${boot.firmwareVersion}`
        )
      },
    },
    csms: {
      clause: '1.6 5.19',
      async effect() {
        const row = await lab.known<FirmwareRow>('firmware')
        return row?.location === lab.files.firmware && row.status === 'Installed'
          ? `the order is stored with where it comes from, and as ${row.status}`
          : undefined
      },
    },
  })
})

test('[1.6 4.5] FirmwareStatusNotification', async () => {
  await using lab = await startLab16()
  await lab.connect(quickFiles)
  await firmware.shows(lab, 'FirmwareStatusNotification', {
    call: () =>
      lab.command('UpdateFirmware', { location: lab.files.firmware, retrieveDate: longAgo }),
    which: ({ status }) => status === 'Installing',
    station: {
      clause: '1.6 4.5',
      effect(seen) {
        const [told] = seen.calls('FirmwareStatusNotification')
        return told && `it installs, reboots, and tells ${told.status}`
      },
    },
    csms: {
      clause: '1.6 4.5',
      async effect() {
        const { progress = [] } = (await lab.known<FirmwareRow>('firmware')) ?? {}
        const told = progress.map(({ status }) => status)
        return told.includes('Installed')
          ? `the progress of the update is stored: ${told.join(', ')}`
          : undefined
      },
    },
  })
})

test('[1.6 5.9] GetDiagnostics', async () => {
  await using lab = await startLab16()
  await lab.connect(quickFiles)
  await firmware.shows(lab, 'GetDiagnostics', {
    call: () => lab.command('GetDiagnostics', { location: lab.files.uploads }),
    station: {
      clause: '1.6 5.9',
      async effect(seen) {
        const text = await lab.upload(seen.answer('GetDiagnostics')?.fileName)
        return text && `the file that it named is uploaded, and begins “${firstLine(text)}”`
      },
    },
    csms: {
      clause: '1.6 5.9',
      async effect() {
        const [row] = (await lab.known<readonly LogRow[]>('logs')) ?? []
        return row?.status === 'Uploaded'
          ? `a row of the logs, type ${row.type}, with the name of the file, as ${row.status}`
          : undefined
      },
    },
  })
})

test('[1.6 4.4] DiagnosticsStatusNotification', async () => {
  await using lab = await startLab16()
  await lab.connect(quickFiles)
  await firmware.shows(lab, 'DiagnosticsStatusNotification', {
    call: () => lab.command('GetDiagnostics', { location: lab.files.uploads }),
    which: ({ status }) => status === 'Uploading',
    station: {
      clause: '1.6 4.4',
      effect(seen) {
        const [told] = seen.calls('DiagnosticsStatusNotification')
        return told && `it uploads, and tells ${told.status}`
      },
    },
    csms: {
      clause: '1.6 4.4',
      async effect() {
        const [row] = (await lab.known<readonly LogRow[]>('logs')) ?? []
        const told = row?.progress.map(({ status }) => status) ?? []
        return told.includes('Uploaded')
          ? `the progress of the upload is stored: ${told.join(', ')}`
          : undefined
      },
    },
  })
})

const firstLine = (text: string) => text.split('\n', 1)[0]

test('docs/reference/ocpp16.md tells what was seen of firmware management', () =>
  firmware.isWrittenDown())
