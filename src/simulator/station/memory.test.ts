import { describe, expect, test } from 'vitest'
import { StationMemory } from './memory.ts'

describe('StationMemory', () => {
  test('a connector is usable only while nothing above it is inoperative', () => {
    const memory = new StationMemory()
    expect(memory.usable(1, 2)).toBe(true)
    for (const [evse, connector] of [
      [0, 0],
      [1, 0],
      [1, 2],
    ] as const) {
      memory.setOperative(evse, connector, false)
      expect(memory.usable(1, 2)).toBe(false)
      memory.setOperative(evse, connector, true)
      expect(memory.usable(1, 2)).toBe(true)
    }
    memory.setOperative(2, 0, false)
    expect(memory.usable(1, 2)).toBe(true)
  })
})
