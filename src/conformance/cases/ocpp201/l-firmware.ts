import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { moment, sameMoment, toTheSecondMs, untilMoment } from '../moments.ts'
import { connects, wait } from '../moves.ts'
import { any, now, value } from '../values.ts'
import { publications201 } from './l-publication.ts'
import { asked, call, case201 } from './moves201.ts'
import {
  accepted201,
  booted201,
  charging,
  everyConnector,
  stillThere,
  stopped,
  told,
  unplugged,
} from './states201.ts'

type Status = RequestOf<Actions201, 'FirmwareStatusNotification'>['status']
type Answer =
  | 'Accepted'
  | 'Rejected'
  | 'AcceptedCanceled'
  | 'InvalidCertificate'
  | 'RevokedCertificate'

interface Update {
  readonly requestId?: number
  readonly answer?: Answer
  /** Names of moments. */
  readonly retrieveAt?: string
  readonly installAt?: string
}

/** A signed update: with its signature, and the certificate that goes with it [2.0.1 L01.FR.11]. */
function updated({
  requestId = 901,
  answer = 'Accepted',
  retrieveAt,
  installAt,
}: Update = {}): Move {
  const signed = {
    location: value('firmwareUrl'),
    signingCertificate: value('firmwareCertificate'),
    signature: value('firmwareSignature'),
  }
  return asked('UpdateFirmware', {
    order: {
      requestId,
      firmware: {
        ...signed,
        retrieveDateTime: retrieveAt === undefined ? now() : value(retrieveAt),
        ...(installAt !== undefined && { installDateTime: value(installAt) }),
      },
    },
    expect: { requestId: any, firmware: { ...signed, retrieveDateTime: any } },
    answer: { status: answer },
    save: {
      ...(answer !== 'Rejected' && { requestId: '$.requestId' }),
      retrieveDateTime: '$.firmware.retrieveDateTime',
      installDateTime: '$.firmware.installDateTime',
    },
    clause: '2.0.1 L01.FR.09, L01.FR.11',
  })
}

/** How far the station is, one after the other [2.0.1 L01.FR.01]. */
function firmware(...train: readonly Status[]): readonly Move[] {
  return train.map((is) =>
    call(
      'FirmwareStatusNotification',
      { status: is, requestId: value('requestId') },
      { clause: '2.0.1 L01' },
    ),
  )
}

function alarm(type: string): Move {
  return call(
    'SecurityEventNotification',
    { type, timestamp: now() },
    { clause: '2.0.1 A04.FR.03' },
  )
}

/** Gone for the update, and back. */
const rebooted: readonly Move[] = [
  connects('upgrade after the update', {}, { clause: '2.0.1 Part 4 3.1' }),
  accepted201('FirmwareUpdate'),
  ...everyConnector,
]

/** From the verified file to the reboot with it, and what came of it. */
function installed(outcome: 'Installed' | 'InstallationFailed'): readonly Move[] {
  return [...firmware('Installing', 'InstallRebooting'), ...rebooted, ...firmware(outcome)]
}

/** Soon, in seconds: cases wait for it. */
const soon = 3

const needs = ['firmwareCertificate', 'firmwareSignature'] as const

interface Row {
  readonly id: string
  readonly title: string
  readonly feature?: string
  readonly tags?: readonly string[]
  readonly moves: readonly Move[]
}

const rows: readonly Row[] = [
  {
    id: 'L_01',
    title: 'Signed firmware is downloaded, verified and installed',
    moves: [
      ...booted201,
      updated(),
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified'),
      ...installed('Installed'),
    ],
  },
  {
    id: 'L_02',
    title: 'Signed firmware is downloaded at once, and installed at its time',
    feature: 'C-15',
    tags: ['slow'],
    moves: [
      ...booted201,
      moment('installAt', soon),
      updated({ installAt: 'installAt' }),
      sameMoment('installDateTime', 'installAt', '2.0.1 L01', toTheSecondMs),
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified', 'InstallScheduled'),
      untilMoment('leftMs', 'installAt'),
      wait(value('leftMs')),
      ...installed('Installed'),
    ],
  },
  {
    id: 'L_03',
    title: 'Signed firmware is downloaded at its time',
    feature: 'C-15',
    tags: ['slow'],
    moves: [
      ...booted201,
      moment('retrieveAt', soon),
      updated({ retrieveAt: 'retrieveAt' }),
      sameMoment('retrieveDateTime', 'retrieveAt', '2.0.1 L01', toTheSecondMs),
      ...firmware('DownloadScheduled'),
      untilMoment('leftMs', 'retrieveAt'),
      wait(value('leftMs')),
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified'),
      ...installed('Installed'),
    ],
  },
  {
    id: 'L_04',
    title: 'The certificate of an update is revoked: the station says so, and the CSMS goes on',
    moves: [...booted201, updated({ answer: 'RevokedCertificate' }), stillThere],
  },
  {
    id: 'L_05',
    title: 'The certificate of an update is not valid: the station says so, and raises an alarm',
    moves: [
      ...booted201,
      updated({ answer: 'InvalidCertificate' }),
      alarm('InvalidFirmwareSigningCertificate'),
      stillThere,
    ],
  },
  {
    id: 'L_06',
    title:
      'The signature of downloaded firmware is wrong: the station says so, and raises an alarm',
    moves: [
      ...booted201,
      updated(),
      ...firmware('Downloading', 'Downloaded', 'InvalidSignature'),
      alarm('InvalidFirmwareSignature'),
      stillThere,
    ],
  },
  {
    id: 'L_07',
    title: 'Firmware could not be downloaded',
    moves: [...booted201, updated(), ...firmware('Downloading', 'DownloadFailed'), stillThere],
  },
  {
    id: 'L_08',
    title: 'Firmware is found wrong while it is installed',
    moves: [
      ...booted201,
      updated(),
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified'),
      ...firmware('Installing', 'InstallVerificationFailed'),
      stillThere,
    ],
  },
  {
    id: 'L_09',
    title: 'A station that reboots for an update comes back without it',
    moves: [
      ...booted201,
      updated(),
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified'),
      ...installed('InstallationFailed'),
    ],
  },
  {
    id: 'L_10',
    title: 'A second update takes the place of the one that is under way',
    moves: [
      ...booted201,
      updated(),
      ...firmware('Downloading'),
      updated({ requestId: 902, answer: 'AcceptedCanceled' }),
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified'),
      ...installed('Installed'),
    ],
  },
  {
    id: 'L_11',
    title: 'A second update is refused, and the first goes on',
    moves: [
      ...booted201,
      updated(),
      ...firmware('Downloading'),
      updated({ requestId: 902, answer: 'Rejected' }),
      ...firmware('Downloaded', 'SignatureVerified'),
      ...installed('Installed'),
    ],
  },
  {
    id: 'L_13',
    title: 'An update waits until nobody charges any more, and nobody else begins',
    moves: [
      ...charging,
      updated(),
      ...firmware('DownloadScheduled'),
      ...told(2, 'Unavailable'),
      ...stopped,
      ...unplugged,
      ...told(1, 'Unavailable'),
      ...firmware('Downloading', 'Downloaded', 'SignatureVerified'),
      ...installed('Installed'),
    ],
  },
]

/** L. Firmware management. */
export const firmware201: readonly ConformanceCase[] = [
  ...rows.map((row) => case201({ ...row, profile: 'Core', needs })),
  ...publications201,
]
