import { expect, test } from 'vitest'
import { memorySockets } from '../../ocpp/memory-socket.ts'
import { PayloadValidators } from '../../ocpp/schemas.ts'
import type { Socket } from '../../ocpp/socket.ts'
import { officialValidators } from '../../platform/official-validators.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { Probe } from './probe.ts'
import { Trace } from './trace.ts'

const big = 'x'.repeat(60_000)

test('a CSMS that floods fills no memory: frames are cut, faults of a rule are some', async () => {
  const trace = new Trace(() => 0)
  const probe = new Probe({
    version: 'ocpp1.6',
    validators: new PayloadValidators(officialValidators),
    clock: new VirtualClock(),
    trace,
    nextId: () => 'id',
    awaited: new Set(),
    answerTo: () => undefined,
  })
  let csms: Socket | undefined
  await probe.connect(
    (_options, { opened }) => {
      const [station, other] = memorySockets('ocpp1.6')
      csms = other
      queueMicrotask(() => opened(station))
      return () => {}
    },
    { url: 'ws://csms/CP1', protocols: ['ocpp1.6'], headers: {} },
    1000,
  )
  for (let i = 0; i < 300; i += 1) csms?.send(JSON.stringify([3, `n${i}`, { big }]))
  csms?.send(JSON.stringify([2, 'last', big, {}]))
  await expect.poll(() => trace.entries.length).toBe(303)

  const kept = trace.entries.reduce((sum, { text }) => sum + text.length, 0)
  expect(kept).toBeLessThan(5 * 1024 * 1024)
  expect(trace.entries[300]?.text).toMatch(/^\[3,"n299",/)
  const rules = probe.faults.map(({ rule }) => rule)
  expect(rules.filter((rule) => rule === 'RPC_UNSOLICITED_ANSWER')).toHaveLength(50)
  expect(rules).toContain('RPC_UNKNOWN_ACTION')
  expect(Math.max(...probe.faults.map(({ detail }) => detail.length))).toBeLessThan(1100)
  probe.close()
})
