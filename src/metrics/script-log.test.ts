import { describe, expect, test } from 'vitest'
import { otherReasons, reasonsPerFleet, ScriptLog } from './script-log.ts'

describe('ScriptLog', () => {
  test('counts ends by fleet, and why', () => {
    const log = new ScriptLog()
    log.completed('street')
    log.failed('street', 'no answer')
    log.failed('street', 'no answer')
    log.completed('depot')
    expect(log.snapshot()).toEqual({
      depot: { completed: 1, failed: 0, reasons: {} },
      street: { completed: 1, failed: 2, reasons: { 'no answer': 2 } },
    })
  })

  test('what still played when the run was over is neither done nor failed, and not lost', () => {
    const log = new ScriptLog()
    log.completed('street')
    log.cutOff('street')
    log.absorb(log.snapshot())
    expect(log.snapshot()).toEqual({
      street: { completed: 2, failed: 0, cutOff: 2, reasons: {} },
    })
  })

  test('gathers reasons beyond a bound, without losing a count', () => {
    const log = new ScriptLog()
    for (let at = 0; at < 3 * reasonsPerFleet; at += 1) log.failed('street', `reason ${at}`)
    const street = log.snapshot()['street']
    expect(Object.keys(street?.reasons ?? {})).toHaveLength(reasonsPerFleet + 1)
    expect(street?.reasons[otherReasons]).toBe(2 * reasonsPerFleet)
    expect(street?.failed).toBe(3 * reasonsPerFleet)
  })
})
