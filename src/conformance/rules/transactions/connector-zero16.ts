import type { Rule } from '../rule.ts'
import { start16 } from '../shown.ts'

export const startedAtZero16: Rule = {
  id: 'TX_CONNECTOR_ZERO',
  title: 'a transaction begins at a connector, which has a number above 0',
  clause: '1.6 6.45',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      StartTransaction: {
        asked: ({ connectorId }) =>
          connectorId > 0 ? undefined : `a transaction began at connector ${connectorId}`,
      },
    },
    breaks: [start16({ connectorId: 0 })],
    nearly: [start16({ connectorId: 1 })],
  },
}
