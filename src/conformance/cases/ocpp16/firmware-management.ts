import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { any, value } from '../values.ts'
import { asked, call, case16 } from './moves16.ts'
import { alive, booted16, status } from './states16.ts'

const group = 'FirmwareManagement'

const updateOrdered: readonly Move[] = [
  // Some let their operators choose the future only.
  moment('when', 10),
  asked('UpdateFirmware', {
    order: { location: value('firmwareUrl'), retrieveDate: value('when') },
    expect: { location: value('firmwareUrl'), retrieveDate: any },
    save: { retrieveDate: '$.retrieveDate' },
    answer: {},
    clause: '1.6 5.19',
  }),
  sameMoment('retrieveDate', 'when', '1.6 5.19'),
]

type FirmwareStatus = RequestOf<Actions16, 'FirmwareStatusNotification'>['status']

function firmware(...train: readonly FirmwareStatus[]): readonly Move[] {
  return train.map((is) =>
    call('FirmwareStatusNotification', { status: is }, { clause: '1.6 4.5' }),
  )
}

function diagnostics(...train: readonly ('Uploading' | 'Uploaded' | 'UploadFailed')[]) {
  return [
    ...booted16,
    asked('GetDiagnostics', {
      order: { location: value('uploadUrl') },
      answer: { fileName: 'diagnostics.log' },
      clause: '1.6 5.9',
    }),
    ...train.map((is) =>
      call('DiagnosticsStatusNotification', { status: is }, { clause: '1.6 4.4' }),
    ),
    alive,
  ]
}

const outOfService = [status(1, 'Unavailable'), status(2, 'Unavailable')]

/** Updates, and files for the operator. */
export const firmwareManagement16: readonly ConformanceCase[] = [
  case16({
    id: '044_1',
    title: 'Firmware is downloaded and installed',
    group,
    moves: [
      ...booted16,
      ...updateOrdered,
      ...firmware('Downloading', 'Downloaded'),
      ...outOfService,
      ...firmware('Installing'),
      ...booted16,
      ...firmware('Installed'),
    ],
  }),
  case16({
    id: '044_2',
    title: 'Firmware could not be downloaded',
    group,
    moves: [...booted16, ...updateOrdered, ...firmware('Downloading', 'DownloadFailed'), alive],
  }),
  case16({
    id: '044_3',
    title: 'Firmware could not be installed: the station comes back with what it had',
    group,
    moves: [
      ...booted16,
      ...updateOrdered,
      ...firmware('Downloading', 'Downloaded'),
      ...outOfService,
      ...firmware('Installing'),
      ...booted16,
      ...firmware('InstallationFailed'),
    ],
  }),
  case16({
    id: '045_1',
    title: 'Diagnostics are uploaded',
    group,
    moves: diagnostics('Uploading', 'Uploaded'),
  }),
  case16({
    id: '045_2',
    title: 'Diagnostics could not be uploaded',
    group,
    moves: diagnostics('Uploading', 'UploadFailed'),
  }),
]
