import type { EVSEType, MeasurandEnumType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { BootCause, StationServices, StationSettings } from '../behaviour.ts'
import type { Evse } from '../evse.ts'
import type { Connectors } from './availability/connectors.ts'
import type { Trigger } from './block.ts'
import type { DeviceModel } from './provisioning/device-model/device-model.ts'
import type { Sessions } from './transactions/sessions.ts'

export type Version2x = 'ocpp2.0.1' | 'ocpp2.1'

/** A 2.x station as its own handlers see it. */
export interface Station2x {
  readonly version: Version2x
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
  /** What a TriggerMessage for this message sets off; undefined: no block sends it on demand. */
  trigger(message: string): Trigger | undefined
}

/** The EVSE that is named, or all. */
export function evsesAt({ services }: Station2x, at: EVSEType | undefined): readonly Evse[] {
  if (!at) return services.evses
  const evse = services.evse(at.id)
  return evse ? [evse] : []
}
