import type {
  ChargingProfile2x,
  Period2x,
  ProfileFault,
  Purpose2x,
} from '../../../../ocpp/smart-charging/profile2x.ts'
import { faultOf2x, readProfile2x } from '../../../../ocpp/smart-charging/profile2x.ts'
import type { StoredProfile } from '../../charging-profile-store.ts'
import type { Station2x } from '../station-2x.ts'

const ctrlr = 'SmartChargingCtrlr'

/**
 * Why this station cannot take a profile at a place, whatever else it has: undefined where it can
 * [2.0.1 K01.FR.16, FR.20, FR.22, FR.26, FR.28] [2.1 K01.FR.44, FR.115, FR.120-126].
 */
export function objectionTo(
  station: Station2x,
  evseId: number,
  wire: ChargingProfile2x,
): ProfileFault | undefined {
  const { model, services, version } = station
  const { chargingProfilePurpose: purpose, chargingSchedule: schedules } = wire
  if (evseId !== 0 && !services.evse(evseId)) {
    return fault('UnknownEvse', `there is no EVSE ${evseId}`)
  }
  if (purpose === 'ChargingStationExternalConstraints') {
    return fault('InvalidValue', `${purpose} comes from elsewhere`)
  }
  if (purpose === 'ChargingStationMaxProfile' && evseId !== 0) {
    return fault('InvalidValue', `${purpose} is for EVSE 0`)
  }
  if (purpose === 'TxProfile' && evseId === 0) {
    return fault('InvalidValue', `${purpose} is for one EVSE`)
  }
  if (purpose !== 'TxProfile' && wire.transactionId !== undefined) {
    return fault('InvalidProfile', `${purpose} is of no transaction`)
  }
  const broken = faultOf2x(wire)
  if (broken) return broken
  if (wire.stackLevel > model.integer(`${ctrlr}.ProfileStackLevel`)) {
    return fault('InvalidStackLevel', 'stackLevel is too high')
  }
  const most = model.integer(`${ctrlr}.PeriodsPerSchedule`)
  if (schedules.some(({ chargingSchedulePeriod }) => chargingSchedulePeriod.length > most)) {
    return fault('TooManyElements', `a schedule has more than ${most} periods`)
  }
  const units = model.list(`${ctrlr}.RateUnit`)
  if (schedules.some(({ chargingRateUnit }) => !units.includes(chargingRateUnit))) {
    return fault('UnsupportedRateUnit', `only ${units.join(' and ')}`)
  }
  const periods = schedules.flatMap(({ chargingSchedulePeriod }) => chargingSchedulePeriod)
  if (
    periods.some(({ phaseToUse }) => phaseToUse !== undefined) &&
    !model.flag(`${ctrlr}.ACPhaseSwitchingSupported`)
  ) {
    return fault('InvalidSchedule', 'ACPhaseSwitchingSupported is false')
  }
  return version === 'ocpp2.1' ? objection21(station, evseId, wire, periods) : undefined
}

const additional: ReadonlySet<Purpose2x> = new Set<Purpose2x>([
  'PriorityCharging',
  'LocalGeneration',
])

/** By the features of 2.1 that the station has. */
function objection21(
  { model, services }: Station2x,
  evseId: number,
  wire: ChargingProfile2x,
  periods: readonly Period2x[],
): ProfileFault | undefined {
  const { chargingProfilePurpose: purpose, chargingSchedule: schedules } = wire
  const lacks = (feature: string) => !model.flag(`${ctrlr}.SupportsFeature[${feature}]`)
  const purposes = model.list(`${ctrlr}.SupportedAdditionalPurposes`)
  if (additional.has(purpose) && !purposes.includes(purpose)) {
    return fault('UnsupportedPurpose', `${purpose} is not supported`)
  }
  if (wire.chargingProfileKind === 'Dynamic' && lacks('DynamicProfiles')) {
    return fault('UnsupportedKind', 'Dynamic is not supported')
  }
  const idsAbove = `${ctrlr}.MaxExternalConstraintsId`
  if (model.has(idsAbove) && wire.id <= model.integer(idsAbove)) {
    return fault('InvalidProfileId', 'ids up to MaxExternalConstraintsId are of others')
  }
  const unsupported = [
    wire.maxOfflineDuration !== undefined && lacks('MaxOfflineDuration') && 'maxOfflineDuration',
    schedules.some(({ useLocalTime }) => useLocalTime) && lacks('UseLocalTime') && 'useLocalTime',
    schedules.some(({ randomizedDelay = 0 }) => randomizedDelay > 0) &&
      lacks('RandomizedDelay') &&
      'randomizedDelay',
    schedules.some(({ limitAtSoC }) => limitAtSoC) && lacks('LimitAtSoC') && 'limitAtSoC',
    periods.some(({ evseSleep }) => evseSleep) && lacks('EvseSleep') && 'evseSleep',
  ].find((name) => name !== false)
  if (unsupported !== undefined) {
    return fault('InvalidSchedule', `${unsupported} is not supported`)
  }
  const modes = model.list('V2XChargingCtrlr.SupportedOperationModes')
  const strange = periods.find(
    ({ operationMode = 'ChargingOnly' }) =>
      operationMode !== 'ChargingOnly' && !modes.includes(operationMode),
  )
  if (strange?.operationMode !== undefined && !external.has(purpose)) {
    return fault('InvalidOperationMode', `${strange.operationMode} is not supported`)
  }
  const direct = services.evse(evseId)?.plan.current === 'DC'
  if (
    direct &&
    periods.some((period) => (period.numberPhases ?? period.phaseToUse) !== undefined)
  ) {
    return fault('NoPhaseForDC', 'a DC EVSE has no phases to choose')
  }
  return undefined
}

/** Their modes say who set the limit, not what the EV does. */
const external: ReadonlySet<Purpose2x> = new Set<Purpose2x>(['LocalGeneration'])

/**
 * Why a profile does not go with those that the station has [2.0.1 K01.FR.06, FR.39, FR.52, FR.53]
 * [2.1 K01.FR.141].
 */
export function conflictWith(
  installed: readonly StoredProfile[],
  evseId: number,
  wire: ChargingProfile2x,
): ProfileFault | undefined {
  const others = installed.filter(({ profile }) => profile.id !== wire.id)
  const same = installed.find(({ profile }) => profile.id === wire.id)
  if (same?.profile.purpose === 'ChargingStationExternalConstraints') {
    return fault('DuplicateProfile', 'the id is of an external limit')
  }
  const { validFromMs, validToMs } = readProfile2x(wire, 0)
  const twin = others.find(
    ({ place, profile }) =>
      profile.purpose === wire.chargingProfilePurpose &&
      profile.stackLevel === wire.stackLevel &&
      (place === evseId ||
        (wire.chargingProfilePurpose === 'TxDefaultProfile' && (place === 0 || evseId === 0))) &&
      profile.validFromMs < validToMs &&
      validFromMs < profile.validToMs,
  )
  if (twin) {
    return wire.chargingProfilePurpose === 'TxProfile'
      ? fault('InvalidStackLevel', `profile ${twin.profile.id} has this stackLevel`)
      : fault('DuplicateProfile', `profile ${twin.profile.id} has this stackLevel`)
  }
  const wanted = phasesWanted(wire)
  const clash = others.find(
    ({ place, wire: known }) =>
      (place === evseId || place === 0 || evseId === 0) &&
      known !== undefined &&
      phasesWanted(known).some((phase) => wanted.some((mine) => mine !== phase)),
  )
  return clash && fault('PhaseConflict', `profile ${clash.profile.id} uses another phase`)
}

/** Limits of L2 and L3 are for an EV that told them apart [2.1 K01.FR.144]. */
export function phaseFault(
  tellsPhases: boolean,
  { chargingSchedule }: ChargingProfile2x,
): ProfileFault | undefined {
  const apart = chargingSchedule.some(({ chargingSchedulePeriod }) =>
    chargingSchedulePeriod.some((period) => (period.limit_L2 ?? period.limit_L3) !== undefined),
  )
  return apart && !tellsPhases
    ? fault('PhaseConflict', 'the EV takes no limits by phase')
    : undefined
}

function phasesWanted({ chargingSchedule }: ChargingProfile2x): readonly number[] {
  return chargingSchedule.flatMap(({ chargingSchedulePeriod }) =>
    chargingSchedulePeriod.flatMap(({ phaseToUse }) => phaseToUse ?? []),
  )
}

function fault(reasonCode: string, additionalInfo: string): ProfileFault {
  return { reasonCode, additionalInfo }
}
