import type {
  ComponentVariableType,
  MonitoringCriterionEnumType,
} from 'typed-ocpp/dist/ocpp20/types.js'
import type {
  MonitorEnumType,
  MonitoringDataType,
  VariableMonitoringType,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { inPages } from '../pages.ts'
import { isMeant } from '../provisioning/custom-report.ts'
import { named } from '../provisioning/report-data.ts'
import type { Station2x } from '../station-2x.ts'
import type { Monitor } from './monitor.ts'
import { placeKey } from './monitors.ts'

/** What a GetMonitoringReport asks for; what is absent limits nothing. */
interface MonitorFilter {
  readonly componentVariable?: readonly ComponentVariableType[]
  readonly monitoringCriteria?: readonly MonitoringCriterionEnumType[]
}

/** [2.0.1 N02.FR.12 to FR.14] [2.1 errata N02.FR.13] */
const typesOf: Readonly<Record<MonitoringCriterionEnumType, readonly MonitorEnumType[]>> = {
  ThresholdMonitoring: ['UpperThreshold', 'LowerThreshold'],
  DeltaMonitoring: ['Delta', 'TargetDelta', 'TargetDeltaRelative'],
  PeriodicMonitoring: ['Periodic', 'PeriodicClockAligned'],
}

/** The monitors that a report lists [2.0.1 N02.FR.05, FR.06, FR.08, FR.11, FR.15 to FR.17]. */
export function reported(monitors: readonly Monitor[], filter: MonitorFilter): readonly Monitor[] {
  const { componentVariable: wanted, monitoringCriteria: criteria } = filter
  return monitors.filter(
    ({ place, type }) =>
      (!wanted || wanted.some((one) => isMeant(place, one))) &&
      (!criteria || criteria.some((criterion) => typesOf[criterion].includes(type))),
  )
}

/** In as many NotifyMonitoringReports as it takes, each after the answer to the one before. */
export async function sendReport(
  station: Station2x,
  requestId: number,
  monitors: readonly Monitor[],
): Promise<void> {
  const { model, services } = station
  const generatedAt = services.wireTime()
  const pages = inPages(monitoringData(station, monitors), {
    items: model.integer('DeviceDataCtrlr.ItemsPerMessage[GetReport]'),
    bytes: model.integer('DeviceDataCtrlr.BytesPerMessage[GetReport]'),
  })
  for (const [seqNo, monitor] of pages.entries()) {
    const page = { requestId, generatedAt, seqNo, tbc: seqNo < pages.length - 1, monitor }
    const outcome = await services.request('NotifyMonitoringReport', page, { triggered: true })
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return
  }
}

type Told = Omit<MonitoringDataType, 'variableMonitoring'> & {
  readonly variableMonitoring: Omit<VariableMonitoringType, 'eventNotificationType'>[]
}

/** Monitors of one variable stand together; 2.1 tells where each comes from. */
function monitoringData({ version }: Station2x, monitors: readonly Monitor[]): readonly Told[] {
  const byPlace = new Map<string, Told>()
  for (const { id, type, value, severity, transaction, kind, place } of monitors) {
    const key = placeKey(place)
    const told = byPlace.get(key) ?? { ...named(place), variableMonitoring: [] }
    byPlace.set(key, told)
    told.variableMonitoring.push({
      id,
      transaction,
      value,
      type,
      severity,
      ...(version === 'ocpp2.1' && { eventNotificationType: kind }),
    })
  }
  return [...byPlace.values()]
}
