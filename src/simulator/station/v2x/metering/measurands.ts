import type { MeasurandEnumType } from 'typed-ocpp/dist/ocpp20/types.js'

/** What the meter of a simulated station can tell, in the order it tells it. */
export const supportedMeasurands: readonly MeasurandEnumType[] = [
  'Energy.Active.Import.Register',
  'Energy.Active.Export.Register',
  'Power.Active.Import',
  'Power.Active.Export',
  'Current.Import',
  'Current.Export',
  'Voltage',
  'SoC',
]
