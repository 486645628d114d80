import type { ChargingNeedsType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { ChargingProfile2x } from '../../../ocpp/smart-charging/profile2x.ts'
import { isoTime } from '../../../shared/clock.ts'
import { is2x } from '../../domain/charging-profiles.ts'
import type { StationRecord } from '../../domain/station.ts'
import { variableValue } from '../../domain/variables.ts'

/** Phase to neutral: what W and A are converted with. */
const nominalV = 230
/** Ids from here on are of profiles that the management system made by itself. */
const firstId = 100_000

/**
 * The profile for an EV that told what it needs: an even power until it departs, or all that it can
 * take where it does not say when, or how much [2.0.1 K15.FR.07] [2.1 K18, K19].
 */
export function evProfile(
  needs: ChargingNeedsType,
  identity: { readonly id: number; readonly stackLevel: number; readonly transactionId: string },
  nowMs: number,
): ChargingProfile2x {
  const seconds = Math.floor((Date.parse(needs.departureTime ?? '') - nowMs) / 1000)
  const leaves = seconds > 0
  const limit = Math.round(evenPowerW(needs, leaves ? seconds : undefined) * 10) / 10
  const dynamic = needs.controlMode === 'DynamicControl'
  return {
    ...identity,
    chargingProfilePurpose: 'TxProfile',
    chargingProfileKind: dynamic ? 'Dynamic' : 'Absolute',
    chargingSchedule: [
      {
        id: 1,
        chargingRateUnit: 'W',
        ...(!dynamic && { startSchedule: isoTime(nowMs) }),
        ...(!dynamic && leaves && { duration: seconds }),
        chargingSchedulePeriod: [{ startPeriod: 0, limit }],
      },
    ],
  }
}

/**
 * An id and a stackLevel that go with what the station has, and with the ids that it keeps for limits of
 * others [2.1 K01.FR.80].
 */
export function freshIdentity(record: StationRecord, transactionId: string) {
  const { chargingProfiles = [] } = record
  const kept = Number(variableValue(record, 'SmartChargingCtrlr', 'MaxExternalConstraintsId')) || 0
  const profiles = chargingProfiles.flatMap(({ profile }) => (is2x(profile) ? profile : []))
  const ids = profiles.map(({ id }) => id)
  const levels = profiles
    .filter((profile) => profile.transactionId === transactionId)
    .map(({ stackLevel }) => stackLevel)
  return {
    id: Math.max(firstId, kept + 1, ...ids.map((id) => id + 1)),
    stackLevel: Math.max(0, ...levels.map((level) => level + 1)),
    transactionId,
  }
}

/** @param seconds until it departs; undefined: nobody knows */
function evenPowerW(needs: ChargingNeedsType, seconds: number | undefined): number {
  const { leastW, mostW, energyWh } = demandOf(needs)
  if (seconds === undefined || energyWh === undefined) return mostW
  return Math.min(mostW, Math.max(leastW, (energyWh * 3600) / seconds))
}

function demandOf({
  requestedEnergyTransfer,
  acChargingParameters: ac,
  dcChargingParameters: dc,
  v2xChargingParameters: v2x,
}: ChargingNeedsType) {
  if (ac) {
    const perAmpW = nominalV * phasesOf(requestedEnergyTransfer)
    const { evMinCurrent, evMaxCurrent, energyAmount: energyWh } = ac
    return { leastW: evMinCurrent * perAmpW, mostW: evMaxCurrent * perAmpW, energyWh }
  }
  if (!dc) {
    const { maxChargePower = unknownW, minChargePower = 0, evTargetEnergyRequest } = v2x ?? {}
    const { maxChargePower_L2: most2 = 0, maxChargePower_L3: most3 = 0 } = v2x ?? {}
    const { minChargePower_L2: least2 = 0, minChargePower_L3: least3 = 0 } = v2x ?? {}
    // What its battery has to spare already is no demand.
    const energyWh = evTargetEnergyRequest && Math.max(0, evTargetEnergyRequest)
    const leastW = minChargePower + least2 + least3
    return { leastW, mostW: maxChargePower + most2 + most3, energyWh }
  }
  const missingShare = ((dc.fullSoC ?? 100) - (dc.stateOfCharge ?? 0)) / 100
  const missingWh =
    dc.evEnergyCapacity === undefined ? undefined : dc.evEnergyCapacity * missingShare
  return {
    leastW: 0,
    mostW: dc.evMaxPower ?? dc.evMaxCurrent * dc.evMaxVoltage,
    energyWh: dc.energyAmount ?? missingWh,
  }
}

/** Of an EV that says nothing of itself: what the station's other limits leave. */
const unknownW = 1_000_000

function phasesOf(transfer: ChargingNeedsType['requestedEnergyTransfer']): number {
  if (transfer === 'AC_single_phase') return 1
  return transfer === 'AC_two_phase' ? 2 : 3
}
