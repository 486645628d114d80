import type { Rule } from '../rule.ts'
import { station } from '../sequence.ts'

interface Status {
  readonly status: string
  readonly requestId?: number
}

const asked = ({ status, requestId }: Status) =>
  status !== 'Idle' && requestId === undefined
    ? `${status} is told of nothing that was asked for`
    : undefined

export const statusRequestId2x: Rule = {
  id: 'REPORT_STATUS_REQUEST_ID',
  title: 'how far an update or a log has come is told with the id of what was asked for',
  clause: '2.0.1 L01.FR.20, N01.FR.13',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: { FirmwareStatusNotification: { asked }, LogStatusNotification: { asked } },
    breaks: [station('FirmwareStatusNotification', { status: 'Installing' }, {})],
    nearly: [
      station('FirmwareStatusNotification', { status: 'Idle' }, {}),
      station('LogStatusNotification', { status: 'Uploading', requestId: 1 }, {}),
    ],
  },
}
