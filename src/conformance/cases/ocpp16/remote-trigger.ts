import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { now } from '../values.ts'
import { asked, call, case16 } from './moves16.ts'
import { alive, booted16, status } from './states16.ts'

const group = 'RemoteTrigger'

type Order = RequestOf<Actions16, 'TriggerMessage'>

function triggered(order: Order, answer: 'Accepted' | 'Rejected' = 'Accepted'): Move {
  return asked('TriggerMessage', { order, answer: { status: answer }, clause: '1.6 5.17' })
}

/** Messages that the operator asks for. */
export const remoteTrigger16: readonly ConformanceCase[] = [
  case16({
    id: '054',
    title: 'Messages are asked for, come, and are answered',
    group,
    moves: [
      ...booted16,
      triggered({ requestedMessage: 'MeterValues', connectorId: 1 }),
      call(
        'MeterValues',
        {
          connectorId: 1,
          meterValue: [{ timestamp: now(), sampledValue: [{ value: '100', context: 'Trigger' }] }],
        },
        { clause: '1.6 4.7' },
      ),
      triggered({ requestedMessage: 'Heartbeat' }),
      alive,
      triggered({ requestedMessage: 'StatusNotification', connectorId: 1 }),
      status(1, 'Available'),
      triggered({ requestedMessage: 'DiagnosticsStatusNotification' }),
      call('DiagnosticsStatusNotification', { status: 'Idle' }, { clause: '1.6 4.4' }),
      triggered({ requestedMessage: 'FirmwareStatusNotification' }),
      call('FirmwareStatusNotification', { status: 'Idle' }, { clause: '1.6 4.5' }),
    ],
  }),
  case16({
    id: '055',
    title: 'Meter values of a connector that does not exist are not to be had',
    group,
    moves: [
      ...booted16,
      triggered({ requestedMessage: 'MeterValues', connectorId: 3 }, 'Rejected'),
      alive,
    ],
  }),
]
