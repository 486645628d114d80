import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { any, now, value } from '../values.ts'
import { asked, call, case16 } from './moves16.ts'
import { alive, booted16 } from './states16.ts'

const group = 'Security'

type LogStatus = RequestOf<Actions16, 'LogStatusNotification'>['status']
type FirmwareStatus = RequestOf<Actions16, 'SignedFirmwareStatusNotification'>['status']

function log(is: LogStatus): Move {
  const payload = { status: is, requestId: value('requestId') }
  return call('LogStatusNotification', payload, { clause: '1.6 SWP N01.FR.07' })
}

function firmware(...train: readonly FirmwareStatus[]): readonly Move[] {
  return train.map((is) => {
    const payload = { status: is, requestId: value('requestId') }
    return call('SignedFirmwareStatusNotification', payload, { clause: '1.6 SWP L01.FR.10' })
  })
}

const signed = {
  location: value('firmwareUrl'),
  signingCertificate: value('firmwareCertificate'),
  signature: value('firmwareSignature'),
}
const firmwareNeeds = ['firmwareCertificate', 'firmwareSignature']

const updateOrdered: readonly Move[] = [
  // Some let their operators choose the future only.
  moment('when', 10),
  asked('SignedUpdateFirmware', {
    order: { requestId: 80, firmware: { ...signed, retrieveDateTime: value('when') } },
    expect: { requestId: any, firmware: { ...signed, retrieveDateTime: any } },
    save: { requestId: '$.requestId', retrieveDateTime: '$.firmware.retrieveDateTime' },
    answer: { status: 'Accepted' },
    clause: '1.6 SWP L01.FR.09, L01.FR.11',
  }),
  sameMoment('retrieveDateTime', 'when', '1.6 SWP L01'),
]

/** Logs, and firmware that proves where it is from. */
export const securityFiles16: readonly ConformanceCase[] = [
  case16({
    id: '079',
    title: 'The security log is uploaded',
    group,
    moves: [
      ...booted16,
      asked('GetLog', {
        order: {
          logType: 'SecurityLog',
          requestId: 79,
          log: { remoteLocation: value('uploadUrl') },
        },
        expect: { logType: 'SecurityLog', log: { remoteLocation: value('uploadUrl') } },
        save: { requestId: '$.requestId' },
        answer: { status: 'Accepted', filename: 'security.log' },
        clause: '1.6 SWP N01',
      }),
      log('Uploading'),
      log('Uploaded'),
      alive,
    ],
  }),
  case16({
    id: '080',
    title: 'Signed firmware is downloaded, verified and installed',
    group,
    needs: firmwareNeeds,
    moves: [
      ...booted16,
      ...updateOrdered,
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified'),
      ...firmware('Installing', 'InstallRebooting'),
      ...booted16,
      ...firmware('Installed'),
    ],
  }),
  case16({
    id: '081',
    title: 'The signature of firmware is wrong: it is not installed',
    group,
    needs: firmwareNeeds,
    moves: [
      ...booted16,
      ...updateOrdered,
      ...firmware('Downloading', 'Downloaded', 'InvalidSignature'),
      call(
        'SecurityEventNotification',
        { type: 'InvalidFirmwareSignature', timestamp: now() },
        { clause: '1.6 SWP L01.FR.03, A04.FR.03' },
      ),
      alive,
    ],
  }),
]
