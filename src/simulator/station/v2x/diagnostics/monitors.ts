import type { MonitoringBaseEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { DeviceModel, Place } from '../provisioning/device-model/device-model.ts'
import { placedName } from '../provisioning/device-model/variable.ts'
import { type FactoryMonitors, factoryMonitors } from './factory-monitors.ts'
import type { Monitor, MonitorSettings } from './monitor.ts'
import { type Objection, objectionTo, rejected } from './monitor-rules.ts'

const base = 'MonitoringCtrlr.ActiveMonitoringBase'

export type Setting =
  | { readonly monitor: Monitor; readonly before: Monitor | undefined }
  | { readonly objection: Objection }

/** The monitors of one station that stand: hard-wired, preconfigured and custom. */
export class Monitors {
  readonly #model: DeviceModel
  readonly #factory: FactoryMonitors
  readonly #standing = new Map<number, Monitor>()
  #nextId: number

  constructor(model: DeviceModel) {
    this.#model = model
    this.#factory = factoryMonitors(model)
    this.#nextId = this.#factory.nextId
    for (const monitor of this.#factory.hardWired) this.#standing.set(monitor.id, monitor)
    if (model.text(base) !== 'HardWiredOnly') this.#addPreconfigured()
  }

  /** In the order in which they came. */
  get all(): readonly Monitor[] {
    return [...this.#standing.values()]
  }

  get(id: number): Monitor | undefined {
    return this.#standing.get(id)
  }

  /** Sets a new monitor, or changes the one of this id [2.0.1 N04.FR.08 to FR.16, FR.18]. */
  set(id: number | undefined, settings: MonitorSettings, place: Place): Setting {
    const before = id === undefined ? undefined : this.#standing.get(id)
    const objection =
      this.#mayReplace(id, before, place) ??
      objectionTo(settings, place, this.#model) ??
      this.#collision(id, settings, place)
    if (objection) return { objection }
    const monitor: Monitor = {
      ...settings,
      id: before?.id ?? this.#nextId,
      place,
      kind: 'CustomMonitor',
      // A threshold that was passed stays so until its new value says otherwise [2.0.1 N07.FR.11].
      exceeded: before?.type === settings.type && before.exceeded,
      reference: settings.type === 'Delta' ? this.#model.valueOf(place) : undefined,
    }
    if (!before) this.#nextId += 1
    this.#standing.set(monitor.id, monitor)
    return { monitor, before }
  }

  /** [2.0.1 N06.FR.01 to FR.03] */
  clear(id: number): 'Accepted' | 'NotFound' | 'Rejected' {
    const monitor = this.#standing.get(id)
    if (!monitor) return 'NotFound'
    if (monitor.kind === 'HardWiredMonitor') return 'Rejected'
    this.#standing.delete(id)
    return 'Accepted'
  }

  /** [2.0.1 N03.FR.03 to FR.05] */
  setBase(monitoringBase: MonitoringBaseEnumType): void {
    this.#model.set(base, monitoringBase)
    if (monitoringBase !== 'All') {
      for (const { id, kind } of this.all) {
        if (kind !== 'HardWiredMonitor') this.#standing.delete(id)
      }
    }
    if (monitoringBase !== 'HardWiredOnly') this.#addPreconfigured()
  }

  /** Those that were changed stay as they are, and no two stand that could not be told apart. */
  #addPreconfigured(): void {
    for (const monitor of this.#factory.preconfigured()) {
      const { id, place } = monitor
      if (this.#standing.has(id) || this.#collision(id, monitor, place)) continue
      monitor.reference = this.#model.valueOf(place)
      this.#standing.set(id, monitor)
    }
  }

  #mayReplace(
    id: number | undefined,
    before: Monitor | undefined,
    place: Place,
  ): Objection | undefined {
    if (id === undefined) {
      const most = this.#model.integer('MonitoringCtrlr.MaxCustomMonitors')
      const custom = this.all.filter(({ kind }) => kind === 'CustomMonitor')
      return custom.length < most ? undefined : rejected('OutOfStorage', `at most ${most}`)
    }
    if (!before) return rejected('NotFound', `there is no monitor ${id}`)
    if (before.kind === 'HardWiredMonitor') return rejected('HardWired')
    return isSamePlace(before.place, place)
      ? undefined
      : rejected('InvalidValue', 'the monitor is of another variable')
  }

  /** One of a type and severity on a variable [2.0.1 N04.FR.10]. */
  #collision(
    id: number | undefined,
    { type, severity }: MonitorSettings,
    place: Place,
  ): Objection | undefined {
    const twin = this.all.find(
      (one) =>
        one.id !== id &&
        one.type === type &&
        one.severity === severity &&
        isSamePlace(one.place, place),
    )
    return twin && { status: 'Duplicate' }
  }
}

function isSamePlace(one: Place, other: Place): boolean {
  return placeKey(one) === placeKey(other)
}

export function placeKey({ name, at }: Place): string {
  return placedName(name, at)
}
