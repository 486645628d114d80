import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

/** A session of so many meter values, each message sent so many times (a station that retries). */
const session = fc.record({
  start: fc.integer({ min: 0, max: 10_000 }),
  steps: fc.array(fc.integer({ min: 0, max: 500 }), { maxLength: 4 }),
  times: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
  /** The stop names no id, as after a lost answer. */
  idLost: fc.boolean(),
})
const sessions = fc.array(session, { minLength: 1, maxLength: 5 })
const tokens = [{ idToken: 'T1', status: 'Accepted' }] as const

const minute = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString()

describe('the books balance however often messages are repeated', () => {
  test('1.6', async () => {
    await fc.assert(
      fc.asyncProperty(sessions, async (list) => {
        const csms = memoryCsms({ tokens })
        const station = await csms.boot('CP1')
        const expected: object[] = []
        let now = 0
        const repeated = async (times: number, action: string, payload: object) => {
          let answer: Record<string, unknown> = {}
          for (let n = 0; n < times; n += 1) answer = await station.ask(action, payload)
          return answer
        }
        for (const { start, steps, times, idLost } of list) {
          const startedAt = minute((now += 1))
          const begin = { connectorId: 1, idTag: 'T1', meterStart: start, timestamp: startedAt }
          const answer = await repeated(times[0] ?? 1, 'StartTransaction', begin)
          const transactionId = idLost ? -1 : answer['transactionId']
          let register = start
          for (const [at, step] of steps.entries()) {
            register += step
            const sampledValue = [{ value: String(register) }]
            const meterValue = [{ timestamp: minute((now += 1)), sampledValue }]
            const values = { connectorId: 1, transactionId, meterValue }
            await repeated(times[at + 1] ?? 1, 'MeterValues', values)
          }
          const stoppedAt = minute((now += 1))
          const end = { transactionId, meterStop: register, timestamp: stoppedAt, idTag: 'T1' }
          await repeated(times[5] ?? 1, 'StopTransaction', end)
          expected.push({ startedAt, stoppedAt, energyWh: register - start })
        }
        expect([...csms.store.transactions.list()]).toMatchObject(expected)
      }),
      { numRuns: 25 },
    )
  })

  test('2.0.1, in any order', async () => {
    const shuffled = fc.tuple(sessions, fc.infiniteStream(fc.nat()))
    await fc.assert(
      fc.asyncProperty(shuffled, async ([list, random]) => {
        const csms = memoryCsms({ tokens })
        const station = await csms.boot('CS1', 'ocpp2.0.1')
        const expected: object[] = []
        for (const [index, { start, steps, times }] of list.entries()) {
          const transactionId = `tx-${index}`
          const registers = [start]
          for (const step of steps) registers.push((registers.at(-1) ?? 0) + step)
          const last = registers.length
          const stop = registers.at(-1) ?? 0
          const eventOf = (seqNo: number, eventType: string, value: number, context: string) => ({
            eventType,
            seqNo,
            timestamp: minute(seqNo),
            triggerReason: 'MeterValuePeriodic',
            transactionInfo: { transactionId },
            meterValue: [{ timestamp: minute(seqNo), sampledValue: [{ value, context }] }],
          })
          const events = registers.flatMap((value, seqNo) => {
            const event =
              seqNo === 0
                ? eventOf(0, 'Started', value, 'Transaction.Begin')
                : eventOf(seqNo, 'Updated', value, 'Sample.Periodic')
            return Array.from({ length: times[seqNo] ?? 1 }, () => event)
          })
          events.push(eventOf(last, 'Ended', stop, 'Transaction.End'))
          for (const event of shuffle(events, random)) await station.ask('TransactionEvent', event)
          expected.push({
            transactionId,
            startedAt: minute(0),
            stoppedAt: minute(last),
            energyWh: stop - start,
            missingSeqNos: undefined,
          })
        }
        expect([...csms.store.transactions.list()]).toMatchObject(expected)
      }),
      { numRuns: 25 },
    )
  })
})

function shuffle<Item>(items: readonly Item[], random: Iterator<number>): Item[] {
  const shuffled = [...items]
  for (let at = shuffled.length - 1; at > 0; at -= 1) {
    const other = (random.next().value ?? 0) % (at + 1)
    const [a, b] = [shuffled[at], shuffled[other]]
    if (a !== undefined && b !== undefined) {
      shuffled[at] = b
      shuffled[other] = a
    }
  }
  return shuffled
}
