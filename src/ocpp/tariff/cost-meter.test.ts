import fc from 'fast-check'
import type { PriceType } from 'typed-ocpp/dist/ocpp21/types.js'
import { describe, expect, test } from 'vitest'
import { CostMeter, type Reading } from './cost-meter.ts'
import { chargeable } from './money.ts'
import { hasConditions, mostPrices, type Tariff, tariffFault } from './tariff.ts'

const at = (time: string) => Date.parse(`2026-01-05T${time}Z`)
const place = { evseKind: 'AC', offsetMs: 0 } as const

function reading(atMs: number, registerWh: number, powerW = 11_000): Reading {
  return { atMs, registerWh, powerW, currentA: powerW / 230, charging: powerW !== 0 }
}

const base = { tariffId: 'T', currency: 'EUR' } as const

describe('CostMeter', () => {
  test('[2.1 I 1.3] taxes of one stack level add up: 10 kWh at 0.25, federal 6 %, state 4 %', () => {
    const taxRates = [
      { type: 'federal', tax: 6 },
      { type: 'state', tax: 4 },
    ]
    const tariff: Tariff = { ...base, energy: { taxRates, prices: [{ priceKwh: 0.25 }] } }
    const meter = new CostMeter({ tariff, place }, reading(at('14:01:02'), 500))
    meter.advance(reading(at('15:01:02'), 10_500, 0))
    expect(meter.details(true)).toEqual({
      chargingPeriods: [
        {
          tariffId: 'T',
          startPeriod: '2026-01-05T14:01:02.000Z',
          dimensions: [
            { type: 'Energy', volume: 10_000 },
            { type: 'ChargingTime', volume: 3600 },
          ],
        },
      ],
      totalCost: {
        currency: 'EUR',
        typeOfCost: 'NormalCost',
        energy: { exclTax: 2.5, inclTax: 2.75, taxRates },
        total: { exclTax: 2.5, inclTax: 2.75 },
      },
      totalUsage: { energy: 10_000, chargingTime: 3600, idleTime: 0 },
    })
    expect(meter.details(false)).not.toHaveProperty('chargingPeriods')
  })

  test('[2.1 I12.FR.13] a tax of a higher stack level taxes what the lower made', () => {
    const taxRates = [
      { type: 'vat', tax: 20, stack: 1 },
      { type: 'energy', tax: 10 },
    ]
    const tariff: Tariff = { ...base, energy: { taxRates, prices: [{ priceKwh: 1 }] } }
    const meter = new CostMeter({ tariff, place }, reading(at('10:00:00'), 0))
    meter.advance(reading(at('11:00:00'), 1000))
    expect(meter.details(false).totalCost.total).toEqual({ exclTax: 1, inclTax: 1.32 })
  })

  test('[2.1 I 1.3] the price changes with the time of day, to the second', () => {
    const tariff: Tariff = {
      ...base,
      energy: {
        prices: [
          { priceKwh: 0.4, conditions: { startTimeOfDay: '08:00', endTimeOfDay: '18:00' } },
          { priceKwh: 0.25 },
        ],
      },
    }
    const meter = new CostMeter({ tariff, place }, reading(at('17:30:00'), 0))
    meter.advance(reading(at('18:20:00'), 10_000, 0))
    const { chargingPeriods, totalCost } = meter.details(true)
    expect(
      chargingPeriods?.map(({ startPeriod, dimensions }) => [startPeriod, dimensions?.[0]]),
    ).toEqual([
      ['2026-01-05T17:30:00.000Z', { type: 'Energy', volume: 6000 }],
      ['2026-01-05T18:00:00.000Z', { type: 'Energy', volume: 4000 }],
    ])
    expect(totalCost.total).toEqual({ exclTax: 3.4, inclTax: 3.4 })
  })

  test('[2.1 I07.FR.17] times of day are local', () => {
    const conditions = { startTimeOfDay: '22:00', endTimeOfDay: '06:00' }
    const tariff: Tariff = { ...base, energy: { prices: [{ priceKwh: 1, conditions }] } }
    const paid = (offsetHours: number): number => {
      const there = { evseKind: 'AC', offsetMs: offsetHours * 3_600_000 } as const
      const meter = new CostMeter({ tariff, place: there }, reading(at('20:00:00'), 0))
      meter.advance(reading(at('21:00:00'), 1000))
      return meter.totalCost
    }
    expect([paid(0), paid(1), paid(2)]).toEqual([0, 0, 1])
  })

  test('[2.1 I 1.2.3] power chooses the price of time, and idle time costs after five minutes', () => {
    const tariff: Tariff = {
      ...base,
      chargingTime: {
        prices: [
          { priceMinute: 1, conditions: { maxPower: 11_000 } },
          { priceMinute: 2, conditions: { minPower: 11_000 } },
        ],
      },
      idleTime: { prices: [{ priceMinute: 0.5, conditions: { minIdleTime: 300 } }] },
    }
    const meter = new CostMeter({ tariff, place }, reading(at('14:00:00'), 0, 10_500))
    meter.advance(reading(at('15:00:00'), 10_500, 22_000))
    meter.advance(reading(at('15:30:00'), 21_500, 0))
    meter.advance(reading(at('15:45:00'), 21_500, 0))
    const { totalCost, totalUsage, chargingPeriods } = meter.details(true)
    expect(totalCost).toMatchObject({
      chargingTime: { exclTax: 60 + 60 },
      idleTime: { exclTax: 5 },
      total: { exclTax: 125 },
    })
    expect(totalUsage).toEqual({ energy: 21_500, chargingTime: 5400, idleTime: 900 })
    expect(chargingPeriods?.[0]?.dimensions).toContainEqual({ type: 'MaxPower', volume: 10_500 })
    expect(chargingPeriods?.[1]?.dimensions).toContainEqual({ type: 'MinPower', volume: 22_000 })
  })

  test('[2.1 I12.FR.34] the first price whose conditions hold applies', () => {
    const prices = [
      { priceKwh: 0.25, conditions: { maxEnergy: 5000 } },
      { priceKwh: 0.5, conditions: { dayOfWeek: ['Monday' as const] } },
      { priceKwh: 9 },
    ]
    const tariff: Tariff = { ...base, energy: { prices } }
    const meter = new CostMeter({ tariff, place }, reading(at('12:00:00'), 0))
    meter.advance(reading(at('13:00:00'), 8000))
    expect(meter.totalCost).toBe(5 * 0.25 + 3 * 0.5)
  })

  test('[2.1 I12.FR.30] a fixed fee is asked once, by what was paid with', () => {
    const tariff: Tariff = {
      ...base,
      fixedFee: {
        prices: [
          { priceFixed: 3, conditions: { paymentRecognition: 'CC' } },
          { priceFixed: 2.5, conditions: { evseKind: 'AC' } },
        ],
      },
    }
    const paid = (recognition: string): number => {
      const meter = new CostMeter(
        { tariff, place, payment: { recognition } },
        reading(at('12:00:00'), 0),
      )
      meter.advance(reading(at('20:00:00'), 50_000))
      return meter.totalCost
    }
    expect([paid('CC'), paid('Debit')]).toEqual([3, 2.5])
  })

  test('[2.1 I12.FR.06 to FR.08] a reservation costs what it lasted', () => {
    const tariff: Tariff = {
      ...base,
      reservationTime: { prices: [{ priceMinute: 0.1 }] },
      reservationFixed: { prices: [{ priceFixed: 2 }] },
    }
    const first = reading(at('12:00:00'), 0)
    const meter = new CostMeter({ tariff, place, reservedSeconds: 600 }, first)
    expect(meter.details(true)).toMatchObject({
      totalCost: { reservationTime: { exclTax: 1 }, reservationFixed: { exclTax: 2 } },
      totalUsage: { reservationTime: 600 },
    })
    const later = new CostMeter({ tariff, place }, first)
    expect(later.totalCost).toBe(0)
    later.reserved(600)
    later.reserved(1200)
    expect(later.details(true)).toMatchObject({
      totalCost: { total: { exclTax: 3 } },
      totalUsage: { reservationTime: 600 },
    })
    expect(later.copy().totalCost).toBe(3)
  })

  test('[2.1 I12.FR.38] minCost takes the place of a lower total, only at the end', () => {
    const minCost = { exclTax: 5, taxRates: [{ type: 'vat', tax: 20 }] }
    const tariff: Tariff = { ...base, minCost, energy: { prices: [{ priceKwh: 1 }] } }
    const meter = new CostMeter({ tariff, place }, reading(at('12:00:00'), 0))
    meter.advance(reading(at('13:00:00'), 1000))
    expect(meter.details(false).totalCost).toMatchObject({ typeOfCost: 'NormalCost' })
    expect(meter.details(true).totalCost).toEqual({
      currency: 'EUR',
      typeOfCost: 'MinCost',
      fixed: { ...minCost, inclTax: 6 },
      total: { exclTax: 5, inclTax: 6 },
    })
    meter.advance(reading(at('14:00:00'), 9000))
    expect(meter.details(true).totalCost).toMatchObject({ typeOfCost: 'NormalCost' })
  })

  test('[2.1 I12.FR.39, FR.40] from maxCost on usage counts and cost does not', () => {
    const tariff: Tariff = {
      ...base,
      maxCost: { exclTax: 4 },
      energy: { prices: [{ priceKwh: 1 }] },
    }
    const meter = new CostMeter({ tariff, place }, reading(at('12:00:00'), 0))
    meter.advance(reading(at('13:00:00'), 3600))
    meter.advance(reading(at('14:00:00'), 7200))
    const { totalCost, totalUsage } = meter.details(true)
    expect(totalCost).toMatchObject({ typeOfCost: 'MaxCost', total: { exclTax: 4 } })
    expect(totalUsage.energy).toBe(7200)
  })

  test('[2.1 I11.FR.08] another tariff applies from then on, in a period of its own', () => {
    const priced = (tariffId: string, priceKwh: number): Tariff => ({
      ...base,
      tariffId,
      energy: { prices: [{ priceKwh }] },
    })
    const meter = new CostMeter({ tariff: priced('A', 1), place }, reading(at('12:00:00'), 0))
    meter.advance(reading(at('13:00:00'), 1000))
    meter.change(priced('B', 2))
    meter.advance(reading(at('14:00:00'), 3000))
    const { totalCost, chargingPeriods } = meter.details(true)
    expect(totalCost.total.exclTax).toBe(1 + 4)
    expect(chargingPeriods?.map(({ tariffId, startPeriod }) => [tariffId, startPeriod])).toEqual([
      ['A', '2026-01-05T12:00:00.000Z'],
      ['B', '2026-01-05T13:00:00.000Z'],
    ])
  })

  test('[2.1 TariffConditionsType] bounds of discharging are closest to and furthest from zero', () => {
    const conditions = { minPower: -1000, maxPower: -5000 }
    const tariff: Tariff = { ...base, energy: { prices: [{ priceKwh: 0.3, conditions }] } }
    const meter = new CostMeter({ tariff, place }, reading(at('12:00:00'), 9000, -2000))
    meter.advance(reading(at('13:00:00'), 7000, 2000))
    meter.advance(reading(at('14:00:00'), 9000, 0))
    expect(meter.totalCost).toBe(-0.6)
  })

  test('a clock that is eight thousand years off does not keep the calendar busy', () => {
    const tariff: Tariff = {
      ...base,
      energy: { prices: [{ priceKwh: 1, conditions: { startTimeOfDay: '12:00' } }] },
      chargingTime: { prices: [{ priceMinute: 1 }] },
    }
    const meter = new CostMeter({ tariff, place }, reading(at('10:00:00'), 0))
    const farMs = Date.parse('9999-12-31T23:59:59Z')
    meter.advance(reading(farMs, 1000))
    const { chargingPeriods, totalUsage } = meter.details(true)
    expect(chargingPeriods?.length).toBeLessThanOrEqual(1000)
    expect(totalUsage.chargingTime).toBe((farMs - at('10:00:00')) / 1000)
  })

  test('prices that change all the time leave a thousand periods, and all that was used', () => {
    const prices = [{ priceKwh: 1, conditions: { minPower: 5000 } }, { priceKwh: 2 }]
    const tariff: Tariff = { ...base, energy: { prices } }
    const meter = new CostMeter({ tariff, place }, reading(at('10:00:00'), 0))
    for (let second = 1; second <= 3000; second += 1) {
      meter.advance(reading(at('10:00:00') + second * 1000, second, second % 2 === 0 ? 11_000 : 1))
    }
    const { chargingPeriods = [] } = meter.details(true)
    const used = chargingPeriods
      .flatMap(({ dimensions = [] }) => dimensions)
      .filter(({ type }) => type === 'Energy')
      .reduce((sum, { volume }) => sum + volume, 0)
    expect([chargingPeriods.length, used]).toEqual([1000, 3000])
  })

  test('a reading that is no number says nothing', () => {
    const tariff: Tariff = { ...base, energy: { prices: [{ priceKwh: 1 }] } }
    const meter = new CostMeter({ tariff, place }, reading(at('12:00:00'), 0))
    meter.advance(reading(at('13:00:00'), 1000))
    meter.advance(reading(Date.parse('soon'), 2000))
    meter.advance(reading(at('14:00:00'), Number.POSITIVE_INFINITY))
    expect(meter.totalCost).toBe(1)
    meter.advance(reading(at('14:00:00'), 3000))
    expect(meter.totalCost).toBe(3)
  })

  test('tells when a cost will be reached', () => {
    const tariff: Tariff = { ...base, energy: { prices: [{ priceKwh: 1 }] } }
    const meter = new CostMeter({ tariff, place }, reading(at('12:00:00'), 0, 3600))
    expect(meter.secondsUntil(2, 86_400)).toBe(2000)
    expect(meter.secondsUntil(2, 1000)).toBeUndefined()
    expect(meter.secondsUntil(0, 1000)).toBe(0)
    expect(meter.totalCost).toBe(0)
  })
})

describe('exact for any tariff and any day', () => {
  const price = fc.integer({ min: 0, max: 2_000_000 }).map((n) => n / 1_000_000)
  const taxRates = fc.array(
    fc.record({
      type: fc.constant('t'),
      tax: fc.integer({ min: 0, max: 3000 }).map((n) => n / 100),
      stack: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((n) => String(n).padStart(2, '0')).join(':'))
  const conditions = fc.record(
    {
      startTimeOfDay: clock,
      endTimeOfDay: clock,
      minEnergy: fc.integer({ min: 0, max: 9000 }),
      maxTime: fc.integer({ min: 1, max: 20_000 }),
      minPower: fc.integer({ min: 0, max: 12_000 }),
      maxChargingTime: fc.integer({ min: 1, max: 20_000 }),
      minIdleTime: fc.integer({ min: 0, max: 2000 }),
    },
    { requiredKeys: [] },
  )
  const energyPrices = fc.array(fc.record({ priceKwh: price, conditions }), {
    minLength: 1,
    maxLength: 3,
  })
  const timePrices = fc.array(fc.record({ priceMinute: price, conditions }), {
    minLength: 1,
    maxLength: 3,
  })
  const tariffs: fc.Arbitrary<Tariff> = fc.record({
    tariffId: fc.constant('T'),
    currency: fc.constant('EUR'),
    energy: fc.record({ prices: energyPrices, taxRates }),
    chargingTime: fc.record({ prices: timePrices, taxRates }),
    idleTime: fc.record({ prices: timePrices, taxRates }),
    fixedFee: fc.record({ prices: fc.constant([{ priceFixed: 0.35 }]), taxRates }),
  })
  const steps = fc.array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 7200 }),
      wh: fc.integer({ min: 0, max: 12_000 }),
      powerW: fc.constantFrom(0, 3700, 11_000),
    }),
    { minLength: 1, maxLength: 8 },
  )

  function run(tariff: Tariff, some: readonly { seconds: number; wh: number; powerW: number }[]) {
    let atMs = at('06:00:00')
    let registerWh = 1000
    const meter = new CostMeter({ tariff, place }, reading(atMs, registerWh))
    for (const { seconds, wh, powerW } of some) {
      atMs += seconds * 1000
      registerWh += wh
      meter.advance(reading(atMs, registerWh, powerW))
    }
    return { meter, seconds: (atMs - at('06:00:00')) / 1000, wh: registerWh - 1000 }
  }

  const sumOf = (values: readonly number[]) =>
    Math.round(values.reduce((sum, value) => sum + value * 10_000, 0))

  test('[2.1 I12.FR.17] the total is the sum of its parts, and the periods use what was used', () => {
    fc.assert(
      fc.property(tariffs, steps, (tariff, some) => {
        const { meter, seconds, wh } = run(tariff, some)
        const { totalCost, totalUsage, chargingPeriods = [] } = meter.details(true)
        const { currency: _, typeOfCost: __, total, ...parts } = totalCost
        const prices = Object.values(parts) as PriceType[]
        expect(sumOf([total.exclTax ?? 0])).toBe(sumOf(prices.map(({ exclTax = 0 }) => exclTax)))
        expect(sumOf([total.inclTax ?? 0])).toBe(sumOf(prices.map(({ inclTax = 0 }) => inclTax)))
        for (const { exclTax = 0, inclTax = 0 } of prices) {
          expect(inclTax).toBeGreaterThanOrEqual(exclTax)
        }
        expect(totalUsage.energy).toBe(wh)
        expect(totalUsage.chargingTime + totalUsage.idleTime).toBe(seconds)
        const used = (type: string) =>
          chargingPeriods
            .flatMap(({ dimensions = [] }) => dimensions)
            .filter((dimension) => dimension.type === type)
            .reduce((sum, { volume }) => sum + volume, 0)
        expect([used('Energy'), used('ChargingTime'), used('IdleTIme')]).toEqual([
          totalUsage.energy,
          totalUsage.chargingTime,
          totalUsage.idleTime,
        ])
      }),
    )
  })

  test('what is read between two readings changes nothing about a price of time or of energy alone', () => {
    const flat = tariffs.map(
      (tariff): Tariff => ({
        ...tariff,
        energy: { prices: [{ priceKwh: tariff.energy?.prices[0]?.priceKwh ?? 0 }] },
        chargingTime: {
          prices: [{ priceMinute: tariff.chargingTime?.prices[0]?.priceMinute ?? 0 }],
        },
      }),
    )
    fc.assert(
      fc.property(flat, fc.integer({ min: 2, max: 40_000 }), (tariff, wh) => {
        const whole = [{ seconds: 7200, wh, powerW: 11_000 }]
        const first = Math.floor(wh / 3)
        const halves = [
          { seconds: 1801, wh: first, powerW: 11_000 },
          { seconds: 5399, wh: wh - first, powerW: 11_000 },
        ]
        expect(run(tariff, halves).meter.details(false).totalCost).toEqual(
          run(tariff, whole).meter.details(false).totalCost,
        )
      }),
    )
  })

  test('a copy goes on alone', () => {
    fc.assert(
      fc.property(tariffs, steps, (tariff, some) => {
        const { meter } = run(tariff, some)
        const before = meter.details(true)
        meter.copy().advance(reading(at('23:59:59'), 99_000))
        expect(meter.details(true)).toEqual(before)
      }),
    )
  })
})

describe('a tariff', () => {
  test.each([
    ['currency', { currency: 'eu' }, 'currency is no code of ISO 4217'],
    ['no price', { energy: undefined }, 'it has no price'],
    ['a time', priced({ startTimeOfDay: '24:00' }), 'energy: 24:00 is no time of day'],
    ['a date', priced({ validToDate: 'soon' }), 'energy: soon is no date'],
    ['a bound', { minCost: {} }, 'minCost has neither exclTax nor inclTax'],
  ])('[2.1 I07.FR.05] that is wrong in %s is told so', (_what, change, fault) => {
    const { energy, ...tariff } = { ...base, energy: { prices: [{ priceKwh: 1 }] }, ...change }
    expect(tariffFault({ ...tariff, ...(energy && { energy }) })).toBe(fault)
  })

  test('is measured by its longest field', () => {
    const prices = [{ priceKwh: 1, conditions: { minEnergy: 9 } }, { priceKwh: 2 }]
    const tariff: Tariff = {
      ...base,
      energy: { prices },
      fixedFee: { prices: [{ priceFixed: 1 }] },
    }
    expect([mostPrices(tariff), hasConditions(tariff)]).toEqual([2, true])
    expect(tariffFault(tariff)).toBeUndefined()
  })

  test('is charged in the minor units of its currency', () => {
    expect([
      chargeable(3.1449, 'EUR'),
      chargeable(3.1449, 'JPY'),
      chargeable(3.1449, 'KWD'),
    ]).toEqual([3.14, 3, 3.145])
  })
})

function priced(conditions: object) {
  return { energy: { prices: [{ priceKwh: 1, conditions }] } }
}
