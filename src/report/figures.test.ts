import { describe, expect, test } from 'vitest'
import {
  showActual,
  showBytes,
  showCount,
  showCountOf,
  showElapsed,
  showEnergy,
  showMs,
  showNumber,
  showRate,
  showSeconds,
  showShare,
} from './figures.ts'

describe('figures', () => {
  test('counts have thousands apart and their plural', () => {
    expect([0, 999, 1_000, 1_234_567].map(showCount)).toEqual(['0', '999', '1,000', '1,234,567'])
    expect(showCountOf(1, 'station')).toBe('1 station')
    expect(showCountOf(2_000, 'CALL was', 'CALLs were')).toBe('2,000 CALLs were')
  })

  test('numbers have the digits that mean something', () => {
    const numbers = [0, 0.0042, 0.42, 4.211, 9.996, 42.15, 99.96, 1_234.5]
    expect(numbers.map(showNumber)).toEqual([
      '0',
      '0.004',
      '0.42',
      '4.21',
      '10.0',
      '42.1',
      '100',
      '1,235',
    ])
  })

  test('units fit the size', () => {
    expect([null, 4.2, 1_234, 12_300].map(showMs)).toEqual(['–', '4.20 ms', '1,234 ms', '12.3 s'])
    expect([4.2, 59.96, 90, 3_600, 7_500].map(showSeconds)).toEqual([
      '4.2 s',
      '1 min',
      '1 min 30 s',
      '1 h',
      '2 h 5 min',
    ])
    expect([850, 412_345, 12_345_678].map(showEnergy)).toEqual([
      '850 Wh',
      '412.3 kWh',
      '12,346 kWh',
    ])
    expect([84 * 2 ** 20, 3 * 2 ** 29].map(showBytes)).toEqual(['84 MiB', '1.5 GiB'])
    expect([null, 66.24, 1_234].map(showRate)).toEqual(['–', '66.2/s', '1,234/s'])
    expect([null, 0.123].map(showShare)).toEqual(['–', '12 %'])
    expect([5, 65.9, 3_700].map(showElapsed)).toEqual(['0:05', '1:05', '61:40'])
  })

  test('an actual value is shown in the unit of its metric', () => {
    expect(showActual(null, 'ms')).toBe('no samples')
    expect(showActual(4.2, 'ms')).toBe('4.20 ms')
    expect(showActual(1_500, 'count')).toBe('1,500')
    expect(showActual(0.000412, 'count')).toBe('0.00041')
    expect(showActual(66.25, 'count')).toBe('66.3')
  })
})
