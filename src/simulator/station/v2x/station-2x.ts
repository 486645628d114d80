import type { MeasurandEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { BootCause, StationServices, StationSettings } from '../behaviour.ts'
import type { Connectors } from './connectors.ts'
import type { DeviceModel } from './device-model/device-model.ts'
import type { Sessions } from './sessions.ts'

/** A 2.x station as its own handlers see it. */
export interface Station2x {
  readonly services: StationServices
  readonly settings: StationSettings
  readonly model: DeviceModel
  readonly sessions: Sessions
  readonly connectors: Connectors
  bootRequest(cause: BootCause): object
  /** The measurands that a list variable names. */
  measurands(variable: string): readonly MeasurandEnumType[]
  /** Counts NotifyEvent's events. */
  nextEventId(): number
  /** Reboots as soon as no transaction is open [2.0.1 B12]. */
  resetWhenIdle(): void
}
