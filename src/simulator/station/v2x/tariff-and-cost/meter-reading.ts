import type { Reading } from '../../../../ocpp/tariff/cost-meter.ts'
import type { Place } from '../../../../ocpp/tariff/slices.ts'
import type { Phase } from '../../../physics/phases.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'

/** What the meter of an EVSE that is up to date shows. */
export function readingOf(evse: Evse, atMs: number): Reading {
  const { outlet } = evse
  let currentA = 0
  for (let phase = 1; phase <= outlet.phases; phase += 1) {
    currentA += outlet.currentA(phase as Phase)
  }
  return {
    atMs,
    registerWh: Math.round(outlet.importWh) - Math.round(outlet.exportWh),
    powerW: outlet.powerW,
    currentA,
    charging: evse.energized && outlet.suspendedBy === undefined,
  }
}

/** Tariffs are in local time [2.1 I07.FR.17]. */
export function placeOf({ model }: Station2x, evse: Evse): Place {
  return { evseKind: evse.plan.current, offsetMs: offsetMs(model.text('ClockCtrlr.TimeOffset')) }
}

/** Of `+02:00`; UTC where the station has no such variable [2.0.1 ClockCtrlr.TimeOffset]. */
function offsetMs(text: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(text) ?? []
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000
  return sign === '-' ? -size : size
}
