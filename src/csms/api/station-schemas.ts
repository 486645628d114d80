import type { Schema } from './schema.ts'
import { diagnosticsSchemas } from './station-schemas/diagnostics.ts'
import { energySchemas } from './station-schemas/energy.ts'
import { moneySchemas } from './station-schemas/money.ts'
import { placesSchemas } from './station-schemas/places.ts'
import { securitySchemas } from './station-schemas/security.ts'

/** Schemas of what is known of one station, part by part. */
export const stationSchemas: Readonly<Record<string, Schema>> = {
  ...energySchemas,
  ...moneySchemas,
  ...diagnosticsSchemas,
  ...securitySchemas,
  ...placesSchemas,
}
