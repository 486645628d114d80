import type { Memory } from '../memory/memory.ts'
import { msOf } from '../memory/time.ts'
import type { Objection, Rule } from '../rule.ts'
import { event2x, meter16, start16, stop16 } from '../shown.ts'
import { energyImport2x, type MeterValue2x } from './energy-import2x.ts'
import { energyImport16 } from './energy-import16.ts'
import { falls } from './falls.ts'

function fallingIn(
  place: number,
  sets: readonly MeterValue2x[] | undefined,
  memory: Memory,
): Objection {
  for (const set of sets ?? []) {
    const wh = energyImport2x(set)
    const fallen = wh === undefined ? undefined : falls(memory, place, wh, msOf(set.timestamp))
    if (fallen !== undefined) return fallen
  }
  return undefined
}

const reading2x = (timestamp: string, value: number) => ({
  meterValue: [{ timestamp, sampledValue: [{ value }] }],
})

export const registerFalls: Rule = {
  id: 'METER_REGISTER_FALLS',
  title: 'the register for energy from the grid never shows less than before',
  clause: '1.6 7.31, 2.0.1 Part 2 3.50',
  judges: 'station',
  in16: {
    level: 'MUST',
    looks: {
      StartTransaction: {
        asked: ({ connectorId, meterStart, timestamp }, memory) =>
          falls(memory, connectorId, meterStart, msOf(timestamp)),
      },
      MeterValues: {
        asked: ({ connectorId, meterValue }, memory) => {
          for (const set of meterValue) {
            const wh = energyImport16(set)
            const fallen =
              wh === undefined ? undefined : falls(memory, connectorId, wh, msOf(set.timestamp))
            if (fallen !== undefined) return fallen
          }
          return undefined
        },
      },
      StopTransaction: {
        asked: ({ transactionId, meterStop, timestamp }, memory) => {
          const known = memory.transactions.get(transactionId)
          return known && falls(memory, known.place, meterStop, msOf(timestamp))
        },
      },
    },
    breaks: [start16(), meter16('2026-05-01T12:10:00Z', 2000), stop16({ meterStop: 1900 })],
    // Delivered late, taken early.
    nearly: [
      start16(),
      meter16('2026-05-01T12:10:00Z', 2000),
      meter16('2026-05-01T12:05:00Z', 1500, { transactionId: undefined }),
      stop16({ meterStop: 2000 }),
    ],
  },
  in2x: {
    level: 'MUST',
    looks: {
      TransactionEvent: {
        asked: ({ transactionInfo, evse, meterValue }, memory) => {
          const place =
            evse?.id ?? memory.transactions.get(transactionInfo.transactionId)?.place ?? 0
          return place === 0 ? undefined : fallingIn(place, meterValue, memory)
        },
      },
      MeterValues: {
        asked: ({ evseId, meterValue }, memory) => fallingIn(evseId, meterValue, memory),
      },
    },
    breaks: [
      event2x('Started', 0, reading2x('2026-05-01T12:00:00Z', 5000)),
      event2x('Updated', 1, reading2x('2026-05-01T12:10:00Z', 4000)),
    ],
    nearly: [
      event2x('Started', 0, reading2x('2026-05-01T12:00:00Z', 5000)),
      event2x('Updated', 1, {
        meterValue: [
          {
            timestamp: '2026-05-01T12:10:00Z',
            sampledValue: [{ value: 5.2, unitOfMeasure: { unit: 'kWh' } }],
          },
        ],
      }),
    ],
  },
}
