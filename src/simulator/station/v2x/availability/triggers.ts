import type { Trigger } from '../block.ts'

export const heartbeatTrigger: Trigger =
  ({ services }) =>
  () =>
    services.heartbeat(true)

/** Needs a connector [2.0.1 F06]. */
export const statusTrigger: Trigger = (station, at) => {
  const evse = at && station.services.evse(at.id)
  const connector = at?.connectorId
  if (!evse || connector === undefined) return undefined
  return () =>
    station.services.unattended(station.connectors.report(evse, connector, { triggered: true }))
}
