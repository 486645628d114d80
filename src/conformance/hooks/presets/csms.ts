import { actionInfo } from '../../../ocpp/action.ts'
import type { Preset } from './preset.ts'

/** The operator's API of `csms serve`. */
export const csmsPreset: Preset = {
  title: 'csms serve',
  can(version, action) {
    const from = actionInfo(version, action)?.from
    return from === 'csms' || from === 'both'
  },
  request: ({ stationId, action, payload }) => ({
    method: 'POST',
    path: `/api/v1/stations/${encodeURIComponent(stationId)}/commands/${action}`,
    body: payload,
  }),
}
