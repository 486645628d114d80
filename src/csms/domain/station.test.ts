import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newStation, Station } from './station.ts'
import { newTransaction, type TransactionRecord } from './transaction.ts'

const ids = fc.oneof(fc.integer({ min: -1, max: 12 }), fc.constantFrom('1', 'a', 'b', 'c'))
const acts = fc.array(fc.record({ act: fc.constantFrom('append', 'look'), id: ids }), {
  maxLength: 60,
})

describe('Station', () => {
  test('whoever invents connectors, and meters at them, fills no memory', () => {
    const station = new Station(newStation('CP1'), [])
    for (let id = 0; id < 3000; id += 1) {
      station.connector(undefined, id).status = 'Available'
      station.meterValues.add(undefined, id, { value: id })
    }
    expect(station.record.connectors).toHaveLength(1000)
    expect(station.meterValues.list()).toHaveLength(1000)
    station.meterValues.add(undefined, 7, { value: 'later' })
    expect(station.meterValues.list()[7]).toMatchObject({ meterValue: { value: 'later' } })
    expect(station.connector(undefined, 2999)).toMatchObject({ connectorId: 2999, status: '' })
  })

  test('finds the latest transaction of an id, however many came before, after and meanwhile', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const transactions: TransactionRecord[] = []
        const station = new Station(newStation('CP1'), transactions)
        for (const { act, id } of sequence) {
          if (act === 'append') {
            const known = { stationId: 'CP1', transactionId: id }
            transactions.push(newTransaction(transactions.length + 1, known))
          } else {
            const latest = transactions.filter(({ transactionId }) => transactionId === id).at(-1)
            expect(station.transaction(id)).toBe(latest)
          }
        }
      }),
    )
  })
})
