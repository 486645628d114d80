import { isSameStart } from '../memory/signs16.ts'
import type { Rule } from '../rule.ts'
import { start16, stop16 } from '../shown.ts'

export const idInUse16: Rule = {
  id: 'TX_ID_IN_USE',
  title: 'every transaction gets an id of its own',
  clause: '1.6 4.8, errata 3.54',
  judges: 'csms',
  in16: {
    level: 'MUST',
    looks: {
      StartTransaction: {
        answered: (request, { transactionId }, memory) => {
          // Zero and less mean that there is no id.
          if (transactionId <= 0) return undefined
          const known = memory.transactions.get(transactionId)
          if (!known || isSameStart(known, request)) return undefined
          return `${transactionId} is the id of the transaction that began at connector ${known.place}`
        },
      },
    },
    breaks: [start16(), stop16(), start16({ timestamp: '2026-05-01T14:00:00Z', meterStart: 9000 })],
    nearly: [start16(), start16(), stop16()],
  },
}
