import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

interface AtConnector {
  readonly connectorId?: number
}

function asked(
  { connectorId }: AtConnector,
  ...[, { action }]: [unknown, { action: string }]
): Objection {
  return connectorId !== undefined && connectorId <= 0
    ? `${action} names connector ${connectorId}`
    : undefined
}

export const commandAtZero16: Rule = {
  id: 'COMMAND_CONNECTOR_ZERO',
  title: 'what only a connector can do is not asked of the station as a whole',
  clause: '1.6 6.33, 6.53',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: { RemoteStartTransaction: { asked }, UnlockConnector: { asked } },
    breaks: [csms('UnlockConnector', { connectorId: 0 }, { status: 'NotSupported' })],
    nearly: [csms('RemoteStartTransaction', { idTag: 'TAG' }, { status: 'Accepted' })],
  },
}
