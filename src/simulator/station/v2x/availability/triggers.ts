import type { Trigger } from '../block.ts'
import { evsesAt } from '../station-2x.ts'
import { plugsOf } from './connectors.ts'

export const heartbeatTrigger: Trigger =
  ({ services }) =>
  () =>
    services.heartbeat(true)

/** Needs a connector [2.0.1 F06.FR.12]. */
export const statusTrigger: Trigger = (station, at) => {
  const evse = at && station.services.evse(at.id)
  const connector = at?.connectorId
  if (!evse || connector === undefined) return undefined
  return () =>
    station.services.unattended(station.connectors.report(evse, connector, { triggered: true }))
}

/** A custom trigger of 2.1: a NotifyEvent of all connectors there. */
export const availabilityTrigger: Trigger = (station, at) => {
  const plugs = plugsOf(evsesAt(station, at)).filter(
    ({ connector }) => at?.connectorId === undefined || connector === at.connectorId,
  )
  return () => station.services.unattended(station.connectors.notify(plugs, { triggered: true }))
}
