import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { Behaviour16 } from './behaviour16.ts'
import type { Handler16 } from './handler16.ts'

type Trigger = RequestOf<Actions16, 'TriggerMessage'>

/** [1.6 5.17] The message follows the answer; without a connector it is about all of them. */
export const triggerMessage: Handler16<'TriggerMessage'> = (request, behaviour) => {
  const { connectorId } = request
  const { connectors } = behaviour.statuses
  const lowest = request.requestedMessage === 'StatusNotification' ? 0 : 1
  if (connectorId !== undefined && (connectorId < lowest || connectorId > connectors)) {
    return { status: 'Rejected' }
  }
  behaviour.station.afterwards(() => send(request, behaviour))
  return { status: 'Accepted' }
}

function send({ requestedMessage, connectorId }: Trigger, behaviour: Behaviour16): void {
  const { station, statuses } = behaviour
  switch (requestedMessage) {
    case 'BootNotification':
      station.bootAgain()
      break
    case 'Heartbeat':
      station.heartbeat(true)
      break
    case 'StatusNotification':
      for (const id of connectorsOf(behaviour, connectorId, 0)) statuses.trigger(id)
      break
    case 'MeterValues':
      for (const evse of evsesOf(behaviour, connectorId)) {
        station.unattended(behaviour.meterValues(evse, 'Trigger', true))
      }
      break
    case 'DiagnosticsStatusNotification':
    case 'FirmwareStatusNotification':
      // Neither an upload nor an update is ever under way here.
      station.send(requestedMessage, { status: 'Idle' }, undefined, { triggered: true })
  }
}

function connectorsOf(
  { statuses }: Behaviour16,
  connectorId: number | undefined,
  lowest: number,
): readonly number[] {
  if (connectorId !== undefined) return [connectorId]
  return Array.from({ length: statuses.connectors + 1 - lowest }, (_, i) => lowest + i)
}

function evsesOf({ station, statuses }: Behaviour16, connectorId: number | undefined) {
  if (connectorId === undefined) return station.evses
  const evse = statuses.evseOf(connectorId)
  return evse ? [evse] : []
}
