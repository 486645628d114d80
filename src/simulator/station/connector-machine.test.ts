import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ConnectorFacts,
  type ConnectorStatus,
  route,
  statusOf,
  transitions,
} from './connector-machine.ts'

const statuses = Object.keys(transitions) as ConnectorStatus[]
const status = fc.constantFrom(...statuses)
const facts: fc.Arbitrary<ConnectorFacts> = fc.record({
  faulted: fc.boolean(),
  operative: fc.boolean(),
  plugged: fc.boolean(),
  inTransaction: fc.boolean(),
  authorized: fc.boolean(),
  finishing: fc.boolean(),
  suspendedBy: fc.constantFrom(undefined, 'ev', 'evse'),
  reserved: fc.boolean(),
})

describe('connector machine', () => {
  test('[1.6 4.9] every way from one status to another consists of steps that the matrix allows', () => {
    fc.assert(
      fc.property(status, status, (from, to) => {
        let at = from
        for (const step of route(from, to)) {
          expect(transitions[at]).toContain(step)
          at = step
        }
        expect(at).toBe(to)
      }),
    )
  })

  test('[1.6 4.9] the matrix leaves out what physics cannot do', () => {
    expect(transitions.Finishing).not.toContain('Charging')
    expect(transitions.Preparing).not.toContain('Unavailable')
    expect(transitions.Charging).not.toContain('Preparing')
    expect(transitions.Reserved).not.toContain('Charging')
  })

  test('a second session on the same cable passes by Preparing', () => {
    expect(route('Finishing', 'Charging')).toEqual(['Preparing', 'Charging'])
  })

  test('a fault outranks everything, a transaction outranks an order of the CSMS', () => {
    fc.assert(
      fc.property(facts, (some) => {
        if (some.faulted) expect(statusOf(some)).toBe('Faulted')
        else if (some.inTransaction) {
          expect(['Charging', 'SuspendedEV', 'SuspendedEVSE']).toContain(statusOf(some))
        } else if (!some.operative) expect(statusOf(some)).toBe('Unavailable')
      }),
    )
  })
})
