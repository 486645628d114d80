import { expect, test } from 'vitest'
import { ledgerChunk, ledgerMessages } from './ledgers.ts'

const status = (n: number) => ({
  stationId: `S${n}`,
  evseId: 1,
  connectorId: 1,
  status: 'Available',
})

test('books come in chunks, each entry and status once, whichever are more', () => {
  const statuses = Array.from({ length: ledgerChunk * 2 + 1 }, (_, n) => status(n))
  const messages = [...ledgerMessages([], statuses)]
  expect(messages.map((message) => message.statuses.length)).toEqual([ledgerChunk, ledgerChunk, 1])
  expect(messages.flatMap((message) => message.statuses)).toEqual(statuses)
  expect([...ledgerMessages([], [])]).toEqual([])
})
