import { csmsPreset } from './csms.ts'
import type { Preset } from './preset.ts'

/** What anybody can put in front of an API: `POST /ocpp2.0.1/CP1/Reset` with the payload as its body. */
export const genericPreset: Preset = {
  title: 'POST {api}/{ocpp1.6, ocpp2.0.1 or ocpp2.1}/{station}/{action}, the payload as its body',
  can: csmsPreset.can,
  request: ({ stationId, version, action, payload }) => ({
    method: 'POST',
    path: `/${version}/${encodeURIComponent(stationId)}/${action}`,
    body: payload,
  }),
}
