import type { Reading } from '../../../../ocpp/tariff/cost-meter.ts'
import type { Place } from '../../../../ocpp/tariff/slices.ts'
import type { Phase } from '../../../physics/phases.ts'
import type { Evse } from '../../evse.ts'
import { timeOffsetMs } from '../provisioning/time-offset.ts'
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
  return { evseKind: evse.plan.current, offsetMs: timeOffsetMs(model) }
}
