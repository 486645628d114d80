import { describe, expect, test } from 'vitest'
import { type GeneratorFacts, judgeValidity, lagLimitMs } from './validity.ts'

const well: GeneratorFacts = {
  model: 'open',
  lagP99Ms: 1,
  responseP99Ms: 20,
  tightestP99Ms: null,
  health: [],
  localSocketErrors: {},
}

function cpu(shares: readonly number[], worker = 'worker 1') {
  return shares.map((cpuShare, second) => ({ worker, second, cpuShare }))
}

describe('judgeValidity', () => {
  test('a run whose generator kept up is valid', () => {
    expect(judgeValidity(well)).toEqual({ valid: true, saturated: false, reasons: [] })
  })

  test('lag may be 10 ms, 10 % of response p99 or 10 % of the tightest p99 threshold', () => {
    expect(lagLimitMs(20, null)).toBe(10)
    expect(lagLimitMs(300, null)).toBe(30)
    expect(lagLimitMs(300, 500)).toBe(50)
    expect(lagLimitMs(null, null)).toBe(10)
    expect(judgeValidity({ ...well, lagP99Ms: 10 }).valid).toBe(true)
    expect(judgeValidity({ ...well, lagP99Ms: 10.1 }).valid).toBe(false)
    expect(judgeValidity({ ...well, lagP99Ms: 25, responseP99Ms: 300 }).valid).toBe(true)
  })

  test('10 s above 90 % of a core make it invalid, a shorter spell does not', () => {
    const idle = Array.from({ length: 20 }, () => 0.1)
    const busy = Array.from({ length: 10 }, () => 0.95)
    const spell = [...idle, ...busy.slice(0, 9), ...idle]
    expect(judgeValidity({ ...well, health: cpu(spell) }).valid).toBe(true)
    const long = judgeValidity({ ...well, health: cpu([...idle, ...busy, ...idle], 'worker 2') })
    expect(long.valid).toBe(false)
    expect(long.reasons).toEqual(['worker 2 used 95 % of a core: this machine was full'])
  })

  test('one full worker is not excused by an idle one', () => {
    const full = cpu(Array.from({ length: 30 }, () => 1))
    const idle = cpu(
      Array.from({ length: 30 }, () => 0),
      'worker 2',
    )
    expect(judgeValidity({ ...well, health: [...full, ...idle] }).valid).toBe(false)
  })

  test('a window shorter than 10 s is judged whole', () => {
    expect(judgeValidity({ ...well, health: cpu([0.99, 0.99, 0.99]) }).valid).toBe(false)
  })

  test('sockets that failed on this machine make it invalid', () => {
    const { valid, reasons } = judgeValidity({ ...well, localSocketErrors: { EMFILE: 12 } })
    expect(valid).toBe(false)
    expect(reasons).toEqual(['12 sockets failed on this machine (EMFILE), not at the target'])
  })

  test('a closed-model run stays valid and says that it was saturated', () => {
    const full = cpu(Array.from({ length: 30 }, () => 1))
    const judged = judgeValidity({ ...well, model: 'closed', health: full })
    expect(judged).toMatchObject({ valid: true, saturated: true })
  })
})
