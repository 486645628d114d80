import { expect, test } from 'vitest'
import { type SeenTransaction, SeenTransactions } from './transactions.ts'

function seen(id: number, more: Partial<SeenTransaction> = {}): SeenTransaction {
  const start = { place: id, beginning: 0, startedMs: 0, endedMs: undefined }
  return { id, ...start, seqNo: 0, eventMs: 0, ...more }
}

const known = (transactions: SeenTransactions) =>
  Array.from({ length: 20 }, (_, id) => id).filter((id) => transactions.get(id) !== undefined)

test('those that ended make room, the oldest first; those that go on stay', () => {
  const transactions = new SeenTransactions()
  transactions.add(seen(0))
  for (let id = 1; id < 10; id += 1) transactions.add(seen(id, { endedMs: 1 }))
  expect(known(transactions)).toEqual([0, 7, 8, 9])
  for (let id = 10; id < 20; id += 1) transactions.add(seen(id))
  expect(known(transactions)).toEqual([0, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
})

test('one that is added again takes the place of the one before', () => {
  const transactions = new SeenTransactions()
  transactions.add(seen(1, { place: 1 }))
  expect(transactions.get(1)?.place).toBe(1)
  transactions.add(seen(1, { place: 2 }))
  expect(transactions.get(1)?.place).toBe(2)
  expect(transactions.openAt(1)).toBeUndefined()
})

test('two connections do not mix what they know', () => {
  const [one, other] = [new SeenTransactions(), new SeenTransactions()]
  one.add(seen(1))
  expect([one.get(1)?.id, other.get(1), one.get(1)?.id]).toEqual([1, undefined, 1])
  one.clear()
  expect(one.get(1)).toBeUndefined()
})
