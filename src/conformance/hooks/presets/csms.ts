import { actionInfo } from '../../../ocpp/action.ts'
import type { HttpWay } from '../plan.ts'
import type { Preset } from './preset.ts'

const tokenWay = { kind: 'http', url: '{{api}}/api/v1/tokens/{{token.id}}', headers: {} } as const

const makeToken: HttpWay = {
  ...tokenWay,
  method: 'PUT',
  body: {
    template: {
      status: '{{token.status}}',
      type: '{{token.type}}',
      groupId: '{{token.group}}',
      expiry: '{{token.expiry}}',
    },
  },
  expect: [200, 201],
  answer: undefined,
}

const forgetToken: HttpWay = {
  ...tokenWay,
  method: 'DELETE',
  body: 'none',
  expect: [204, 404],
  answer: undefined,
}

/** The operator's API of `csms serve`. */
export const csmsPreset: Preset = {
  title: 'POST {api}/api/v1/stations/{station}/commands/{action}, the payload as its body',
  can(version, action) {
    const from = actionInfo(version, action)?.from
    return from === 'csms' || from === 'both'
  },
  request: ({ stationId, action, payload }) => ({
    method: 'POST',
    path: `/api/v1/stations/${encodeURIComponent(stationId)}/commands/${action}`,
    body: payload,
  }),
  provision: [{ each: 'token', way: makeToken }],
  teardown: [{ each: 'token', way: forgetToken }],
}
