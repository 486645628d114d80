import type { DeviceModel, Place } from '../provisioning/device-model/device-model.ts'
import type { Monitor, MonitorSettings } from './monitor.ts'

interface FactoryMonitor {
  readonly variable: string
  readonly settings: (place: Place, model: DeviceModel) => MonitorSettings
  readonly reference?: string
}

const always = { transaction: false } as const

/** What cannot be changed, nor switched off by a monitoring base [2.0.1 N03, N04.FR.18]. */
const hardWired: readonly FactoryMonitor[] = [
  {
    // A lock that does not lock, before what follows from it [2.0.1 G05.FR.02].
    variable: 'ConnectorPlugRetentionLock.Problem',
    settings: () => ({ type: 'Delta', value: 1, severity: 1, ...always }),
    // Made when the first problem comes up: the value before it is known.
    reference: 'false',
  },
  {
    variable: 'Connector.Problem',
    settings: () => ({ type: 'Delta', value: 1, severity: 1, ...always }),
    reference: 'false',
  },
]

/** What the manufacturer recommends; active with the monitoring bases All and FactoryDefault. */
const preconfigured: readonly FactoryMonitor[] = [
  {
    variable: 'EVSE.Power',
    settings: (place, model) => ({
      type: 'UpperThreshold',
      value: Math.round(0.95 * (model.limitsOf(place).max ?? 0)),
      severity: 6,
      ...always,
    }),
  },
  {
    variable: 'EVSE.AvailabilityState',
    settings: () => ({ type: 'Delta', value: 1, severity: 7, ...always }),
  },
]

export interface FactoryMonitors {
  readonly hardWired: readonly Monitor[]
  /** Made anew with each call. */
  readonly preconfigured: () => readonly Monitor[]
  readonly nextId: number
}

/** The monitors a station leaves the factory with; their ids never change. */
export function factoryMonitors(model: DeviceModel): FactoryMonitors {
  const places = model.places()
  const wired = made(model, places, hardWired, 'HardWiredMonitor', 1)
  const recommended = () =>
    made(model, places, preconfigured, 'PreconfiguredMonitor', wired.length + 1)
  return {
    hardWired: wired,
    preconfigured: recommended,
    nextId: wired.length + recommended().length + 1,
  }
}

function made(
  model: DeviceModel,
  places: readonly Place[],
  monitors: readonly FactoryMonitor[],
  kind: Monitor['kind'],
  firstId: number,
): readonly Monitor[] {
  const found = monitors.flatMap((monitor) =>
    places.filter(({ name }) => name === monitor.variable).map((place) => ({ monitor, place })),
  )
  return found.map(({ monitor: { settings, reference }, place }, at) => ({
    ...settings(place, model),
    id: firstId + at,
    place,
    kind,
    exceeded: false,
    reference,
  }))
}
