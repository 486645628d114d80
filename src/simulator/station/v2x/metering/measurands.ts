import type { MeasurandEnumType } from 'typed-ocpp/dist/ocpp20/types.js'

/** What the meter of a simulated station can tell, in the order it tells it. */
export const supportedMeasurands = [
  'Energy.Active.Import.Register',
  'Energy.Active.Export.Register',
  'Energy.Active.Import.Interval',
  'Energy.Active.Export.Interval',
  'Energy.Active.Net',
  'Energy.Reactive.Import.Register',
  'Energy.Reactive.Export.Register',
  'Energy.Reactive.Import.Interval',
  'Energy.Reactive.Export.Interval',
  'Power.Active.Import',
  'Power.Active.Export',
  'Power.Reactive.Import',
  'Power.Reactive.Export',
  'Power.Offered',
  'Power.Factor',
  'Current.Import',
  'Current.Export',
  'Current.Offered',
  'Voltage',
  'Frequency',
  'SoC',
] as const satisfies readonly MeasurandEnumType[]

export type SupportedMeasurand = (typeof supportedMeasurands)[number]
