import type { Memory } from '../memory/memory.ts'
import type { Moment, Objection, Rule } from '../rule.ts'
import { csms, type Passage, station } from '../sequence.ts'

const failed = ['InstallationFailed', 'InstallVerificationFailed', 'InvalidSignature'] as const
const installing = ['Installing', 'Installed', 'InstallationFailed', 'InstallVerificationFailed']
const downloading = ['DownloadScheduled', 'Downloading', 'DownloadPaused', 'DownloadFailed']

/** What cannot follow a status of the same update or upload; attempts that failed may begin again. */
const impossible: Readonly<Record<string, readonly string[]>> = {
  DownloadScheduled: ['Downloaded', 'SignatureVerified', ...installing],
  Downloading: ['SignatureVerified', ...installing],
  DownloadFailed: ['Downloaded', 'SignatureVerified', ...installing],
  Installing: ['Downloaded', 'SignatureVerified', ...downloading],
  Installed: ['Downloaded', 'SignatureVerified', ...downloading, ...failed, 'Installing'],
  InvalidSignature: installing,
  Uploaded: ['Uploading', 'UploadFailed', 'UploadFailure', 'BadMessage', 'PermissionDenied'],
}

interface Status {
  readonly status: string
  readonly requestId?: number
}

const look = {
  asked: ({ status, requestId }: Status, ...[memory, { action }]: [Memory, Moment]): Objection => {
    const before = memory.progressOf(action)
    if (!before || before.requestId !== requestId) return undefined
    return impossible[before.status]?.includes(status)
      ? `${action} says ${status} after ${before.status}`
      : undefined
  },
}

const update16 = csms(
  'UpdateFirmware',
  { location: 'https://files.example/fw', retrieveDate: '2026-05-01T12:00:00Z' },
  {},
)
const firmware = (status: string, requestId?: number): Passage =>
  station(
    'FirmwareStatusNotification',
    { status, ...(requestId !== undefined && { requestId }) },
    {},
  )

const log = (status: string, requestId: number): Passage =>
  station('LogStatusNotification', { status, requestId }, {})

export const statusOrder: Rule = {
  id: 'REPORT_STATUS_ORDER',
  title:
    'an update of firmware, and an upload, tells its steps in their order and none after its end',
  clause: '1.6 4.4, 4.5, 2.0.1 L01.FR.01, N01',
  judges: 'station',
  in16: {
    level: 'SHOULD',
    looks: { FirmwareStatusNotification: look, DiagnosticsStatusNotification: look },
    breaks: [update16, firmware('Downloading'), firmware('Installed')],
    nearly: [
      update16,
      firmware('Downloading'),
      firmware('DownloadFailed'),
      firmware('Downloading'),
      firmware('Downloaded'),
      firmware('Installing'),
      firmware('Installed'),
      update16,
      firmware('Downloading'),
    ],
  },
  in2x: {
    level: 'SHOULD',
    looks: { FirmwareStatusNotification: look, LogStatusNotification: look },
    breaks: [firmware('Installed', 3), firmware('Installing', 3)],
    nearly: [
      firmware('Installed', 3),
      firmware('Downloading', 4),
      log('Uploaded', 5),
      log('Uploaded', 5),
    ],
  },
}
