import { expect, test } from 'vitest'
import { Counters, mergeCounters } from './counters.ts'

const finding = { rule: 'RPC_TWO_CALLS', detail: 'd', frame: 'f' } as const

function counted(level: 'MUST' | 'SHOULD', times: number) {
  const counters = new Counters()
  counters.messagesReceived = times
  counters.transactionRetries = 1
  for (let i = 0; i < times; i += 1) counters.found(`CP${i}`, { ...finding, level })
  return counters.snapshot()
}

test('what several processes counted adds up; the graver level names a rule’s sum', () => {
  const sum = mergeCounters([counted('SHOULD', 3), counted('MUST', 4), new Counters().snapshot()])
  expect(sum).toMatchObject({ messagesReceived: 7, transactionRetries: 2, messagesSent: 0 })
  expect(sum.findings['RPC_TWO_CALLS']).toMatchObject({ level: 'MUST', count: 7 })
  expect(sum.findings['RPC_TWO_CALLS']?.samples).toHaveLength(5)
})
