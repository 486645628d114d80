import type { EVSEType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Phase } from '../../../physics/phases.ts'
import type { Evse } from '../../evse.ts'
import { connectorsInUse } from '../availability/connectors.ts'
import type { Station2x } from '../station-2x.ts'
import { chargingState } from '../transactions/transaction-event.ts'

/** AvailabilityState, the most welcome first. */
export const states = ['Available', 'Occupied', 'Reserved', 'Unavailable', 'Faulted']

export function stationState({ services, connectors }: Station2x): string {
  if (!services.memory.operative(0, 0)) return 'Unavailable'
  const all = services.evses.flatMap((evse) =>
    evse.plan.connectors.map((_type, at) => connectors.status(evse, at + 1)),
  )
  // Available as long as somebody can come.
  return states.find((state) => all.some((one) => one === state)) ?? 'Available'
}

export function evseState({ services, connectors }: Station2x, { id }: EVSEType): string {
  const evse = services.evse(id)
  if (!evse || evse.fault) return evse ? 'Faulted' : ''
  const all = connectorsInUse(evse).map((connector) => connectors.status(evse, connector))
  return states.find((state) => all.some((one) => one === state)) ?? ''
}

export function connectorState({ services, connectors }: Station2x, at: EVSEType): string {
  const evse = services.evse(at.id)
  return evse ? connectors.status(evse, at.connectorId ?? 1) : ''
}

export function connectorType({ services }: Station2x, { id, connectorId = 1 }: EVSEType): string {
  return services.template.evses[id - 1]?.connectors[connectorId - 1] ?? ''
}

/** A plug is locked in its socket for as long as it is there [IEC 61851-1]. */
export function locked({ services }: Station2x, { id, connectorId }: EVSEType): string {
  const evse = services.evse(id)
  return String((evse?.cable ?? evse?.leftCable) === connectorId)
}

export function supplyPhases({ services }: Station2x, { id }: EVSEType): string {
  const plan = services.template.evses[id - 1]
  return String(plan ? acPhases(plan.current, plan.phases) : 0)
}

/** 0 means DC. */
export function acPhases(current: 'AC' | 'DC', phases: number): number {
  return current === 'AC' ? phases : 0
}

export function hasPhase(phase: Phase) {
  return (station: Station2x, at: EVSEType) => Number(supplyPhases(station, at)) >= phase
}

export function firmware({ services }: Station2x): string {
  return services.memory.firmwareVersion ?? services.template.firmware ?? ''
}

/** W; negative while the EV gives back. */
export function powerNow(evse: Evse): number {
  evse.advance()
  return Math.round(evse.outlet.powerW)
}

export function amperes(evse: Evse, phase: Phase): string {
  evse.advance()
  return String(Math.round(evse.outlet.currentA(phase) * 100) / 100)
}

export function chargingStateNow({ services, sessions }: Station2x, { id }: EVSEType): string {
  const evse = services.evse(id)
  return evse && sessions.isOpen(evse) ? chargingState(evse) : 'Idle'
}

export function activeTransaction({ services, sessions }: Station2x, { id }: EVSEType): string {
  const evse = services.evse(id)
  return evse && sessions.isOpen(evse) ? (sessions.of(evse).transactionId ?? '') : ''
}

export function ofEvse(read: (evse: Evse) => string) {
  return ({ services }: Station2x, { id }: EVSEType): string => {
    const evse = services.evse(id)
    return evse ? read(evse) : ''
  }
}
