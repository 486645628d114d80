import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Limit, unlimited } from '../../ocpp/smart-charging/limit.ts'
import type { EvPlan, EvsePlan } from '../scenario/plan.ts'
import { Outlet } from './outlet.ts'

const hour = 3_600_000
const ac22: EvsePlan = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' }
const dc150: EvsePlan = { connectors: ['cCCS2'], maxPowerW: 150_000, phases: 3, current: 'DC' }
const family: EvPlan = { batteryWh: 60_000, soc: 0.2, maxPowerW: 11_000, phases: 3, taperFrom: 0.8 }

const bidirectional: EvsePlan = { ...dc150, dischargeW: 20_000 }
const v2g: EvPlan = {
  ...family,
  discharge: { maxPowerW: 10_000, reserveSoc: 0, efficiency: 1 },
}

const watts = (limit: number): Limit => ({ ...unlimited, watts: limit })

function charging(evse: EvsePlan, ev: EvPlan, meterStartWh = 0): Outlet {
  const outlet = new Outlet(evse, 230, meterStartWh)
  outlet.plug(ev)
  outlet.closePath()
  return outlet
}

const anyEvse: fc.Arbitrary<EvsePlan> = fc.record({
  connectors: fc.constant(['cType2']),
  maxPowerW: fc.integer({ min: 1_400, max: 350_000 }),
  phases: fc.constantFrom(1, 2, 3),
  current: fc.constantFrom('AC', 'DC'),
  dischargeW: fc.constantFrom(undefined, 5_000, 50_000),
})
const anyDischarge = fc.record({
  maxPowerW: fc.integer({ min: 100, max: 50_000 }),
  reserveSoc: fc.double({ min: 0, max: 0.5, noNaN: true }),
  efficiency: fc.double({ min: 0.5, max: 1, noNaN: true }),
})
const anyEv: fc.Arbitrary<EvPlan> = fc.record({
  batteryWh: fc.integer({ min: 500, max: 120_000 }),
  soc: fc.double({ min: 0, max: 1, noNaN: true }),
  maxPowerW: fc.integer({ min: 500, max: 300_000 }),
  phases: fc.constantFrom(1, 2, 3),
  taperFrom: fc.double({ min: 0, max: 1, noNaN: true }),
  discharge: fc.option(anyDischarge, { nil: undefined }),
})

describe('power', () => {
  test('is zero until the contactor closes and again once it opens', () => {
    const outlet = new Outlet(ac22, 230, 0)
    outlet.plug(family)
    expect(outlet.powerW).toBe(0)
    outlet.closePath()
    expect(outlet.powerW).toBe(11_000)
    outlet.openPath()
    expect(outlet.powerW).toBe(0)
  })

  test('on AC follows the phases that EVSE and EV share', () => {
    const outlet = charging(ac22, { ...family, phases: 1 })
    expect(outlet.powerW).toBeCloseTo(22_000 / 3)
    expect(outlet.currentA(1)).toBeCloseTo(31.88, 2)
    expect(outlet.currentA(2)).toBe(0)
  })

  test('on AC is at most 32 A per phase', () => {
    const outlet = charging({ ...ac22, maxPowerW: 43_000 }, { ...family, maxPowerW: 43_000 })
    expect(outlet.powerW).toBe(3 * 230 * 32)
  })

  test('on DC knows no phases of the EV and loads all phases of the grid', () => {
    const outlet = charging(dc150, { ...family, maxPowerW: 120_000, phases: 1 })
    expect(outlet.powerW).toBe(120_000)
    expect(outlet.currentA(3)).toBeCloseTo(120_000 / 3 / 230)
  })

  test('follows a limit, and a limit below 6 A per phase suspends', () => {
    const outlet = charging(ac22, family)
    outlet.setLimit(watts(6_000))
    expect(outlet.powerW).toBe(6_000)
    outlet.setLimit(watts(4_139))
    expect(outlet.powerW).toBe(0)
    expect(outlet.suspendedBy).toBe('evse')
    outlet.setLimit(unlimited)
    expect(outlet.powerW).toBe(11_000)
  })

  test('[1.6 errata 3.34, 3.69] follows amperes per phase on the phases that the EV has', () => {
    const amps: Limit = { ...unlimited, amps: 10 }
    const [three, one] = [charging(ac22, family), charging(ac22, { ...family, phases: 1 })]
    three.setLimit(amps)
    one.setLimit(amps)
    expect([three.powerW, three.currentA(3)]).toEqual([6900, 10])
    expect([one.powerW, one.currentA(1), one.currentA(2)]).toEqual([2300, 10, 0])
  })

  test('[1.6 7.14] flows on no more phases than the limit leaves', () => {
    const outlet = charging(ac22, family)
    outlet.setLimit({ ...unlimited, amps: 16, phases: 1 })
    expect([outlet.powerW, outlet.phases]).toEqual([3680, 1])
    expect([outlet.currentA(1), outlet.currentA(2)]).toEqual([16, 0])
  })

  test('[1.6 7.13] does not flow below minChargingRate', () => {
    const outlet = charging(ac22, family)
    outlet.setLimit({ ...unlimited, amps: 8, minAmps: 8 })
    expect(outlet.powerW).toBe(5520)
    outlet.setLimit({ ...unlimited, amps: 8, minAmps: 8.1 })
    expect([outlet.powerW, outlet.suspendedBy]).toEqual([0, 'evse'])
    outlet.setLimit({ ...unlimited, amps: 8, minWatts: 6000 })
    expect(outlet.powerW).toBe(0)
  })

  test('stops while the EV or the EVSE suspends', () => {
    const outlet = charging(ac22, family)
    outlet.suspend('ev', true)
    expect([outlet.powerW, outlet.suspendedBy]).toEqual([0, 'ev'])
    outlet.suspend('ev', false)
    outlet.suspend('evse', true)
    expect([outlet.powerW, outlet.suspendedBy]).toEqual([0, 'evse'])
    outlet.suspend('evse', false)
    expect([outlet.powerW, outlet.suspendedBy]).toEqual([11_000, undefined])
  })

  test('tapers linearly with the state of charge to 5 % at full and then ends', () => {
    const outlet = charging(ac22, { ...family, soc: 0.9 })
    expect(outlet.powerW).toBeCloseTo(11_000 * (1 - 0.95 / 2))
    outlet.advanceTo(outlet.millisUntil({ soc: 0.9999 }) ?? 0)
    expect(outlet.powerW).toBeCloseTo(11_000 * (1 - 0.95 * 0.9995), 0)
    outlet.advanceTo(100 * hour)
    expect([outlet.powerW, outlet.soc, outlet.full]).toEqual([0, 1, true])
    expect(outlet.suspendedBy).toBe('ev')
  })
})

describe('energy', () => {
  test('is power times time', () => {
    const outlet = charging(ac22, family, 1_234)
    outlet.advanceTo(2 * hour)
    expect(outlet.importWh).toBeCloseTo(1_234 + 22_000)
    expect(outlet.sessionWh).toBeCloseTo(22_000)
    expect(outlet.soc).toBeCloseTo(0.2 + 22 / 60)
  })

  test('flows back into the grid under a negative limit and counts as export alone', () => {
    const outlet = charging(bidirectional, v2g, 500)
    outlet.setLimit(watts(-5_000))
    expect(outlet.powerW).toBe(-5_000)
    outlet.advanceTo(hour)
    expect([outlet.importWh, outlet.exportWh]).toEqual([500, 5_000])
    outlet.advanceTo(24 * hour)
    expect([outlet.exportWh, outlet.soc, outlet.powerW]).toEqual([12_000, 0, 0])
  })

  test('goes back only where EV and EVSE can, and no faster than the weaker of them', () => {
    const back = (evse: EvsePlan, one: EvPlan) => {
      const outlet = charging(evse, one)
      outlet.setLimit(unlimited, 50_000)
      return [outlet.powerW, outlet.suspendedBy]
    }
    expect(back(dc150, v2g)).toEqual([0, 'evse'])
    expect(back(bidirectional, family)).toEqual([0, 'evse'])
    expect(back(bidirectional, v2g)).toEqual([-10_000, undefined])
    expect(back({ ...bidirectional, dischargeW: 7_000 }, v2g)).toEqual([-7_000, undefined])
  })

  test('goes back down to the reserve, costs what the conversion costs, and then the EV stops', () => {
    const discharge = { maxPowerW: 10_000, reserveSoc: 0.1, efficiency: 0.9 }
    const outlet = charging(bidirectional, { ...v2g, soc: 0.5, discharge })
    outlet.setLimit(unlimited, 5_400)
    outlet.advanceTo(hour)
    expect(outlet.exportWh).toBeCloseTo(5_400)
    expect(outlet.soc).toBeCloseTo(0.5 - 6 / 60)
    expect(outlet.millisToHalt).toBe(3 * hour + 1)
    outlet.advanceTo(10 * hour)
    expect(outlet.exportWh).toBeCloseTo(4 * 5_400)
    expect(outlet.soc).toBeCloseTo(0.1)
    expect([outlet.powerW, outlet.suspendedBy]).toEqual([0, 'ev'])
    expect(outlet.millisToHalt).toBe(0)
  })

  test('ends when it is said to, whichever way it flows, and is not said to end again', () => {
    fc.assert(
      fc.property(anyEvse, anyEv, fc.nat(50_000), (evse, ev, back) => {
        const outlet = charging(evse, ev)
        outlet.setLimit(unlimited, back)
        const ms = outlet.millisToHalt
        if (ms === undefined) return
        outlet.advanceTo(ms)
        expect([outlet.powerW, outlet.millisToHalt]).toEqual([0, 0])
      }),
    )
  })

  test('ends at once where less is missing than any meter shows', () => {
    const outlet = charging(ac22, { ...family, batteryWh: 500, soc: 1 - 1e-9 })
    expect([outlet.soc, outlet.powerW, outlet.millisToHalt]).toEqual([1, 0, 0])
  })

  test('flows to the end where acceptance would fall in the last moment of all', () => {
    const evse = { ...ac22, maxPowerW: 1_400, phases: 1 } as const
    const late = { batteryWh: 73_729, soc: 0, maxPowerW: 500, taperFrom: 1 - 9e-16 }
    const outlet = charging(evse, { ...family, ...late, phases: 1 })
    const ms = outlet.millisToHalt ?? Number.NaN
    outlet.advanceTo(ms)
    expect([outlet.soc, outlet.powerW, outlet.millisToHalt]).toEqual([1, 0, 0])
  })

  test('of a session starts at zero with each EV and stays readable after it left', () => {
    const outlet = charging(ac22, family)
    outlet.advanceTo(hour)
    outlet.unplug()
    expect(outlet.sessionWh).toBeCloseTo(11_000)
    outlet.plug(family)
    expect(outlet.sessionWh).toBe(0)
  })

  test('does not depend on the number of steps', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 4 * hour }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(anyEvse, anyEv, steps, (evse, ev, gaps) => {
        const [once, often] = [charging(evse, ev), charging(evse, ev)]
        let now = 0
        for (const gap of gaps) often.advanceTo((now += gap))
        once.advanceTo(now)
        expect(Math.abs(once.importWh - often.importWh)).toBeLessThan(0.1)
      }),
    )
  })

  type Act = (outlet: Outlet) => void
  const anyAct: fc.Arbitrary<Act> = fc.oneof(
    fc.constantFrom<Act>(
      (o) => o.closePath(),
      (o) => o.openPath(),
      (o) => o.suspend('ev', true),
      (o) => o.suspend('ev', false),
      (o) => o.suspend('evse', true),
      (o) => o.suspend('evse', false),
      (o) => o.setLimit(unlimited),
    ),
    fc.integer({ min: -50_000, max: 50_000 }).map(
      (limit): Act =>
        (o) =>
          o.setLimit(watts(limit)),
    ),
    fc.integer({ min: 0, max: 50_000 }).map(
      (back): Act =>
        (o) =>
          o.setLimit(unlimited, back),
    ),
  )

  test('is conserved, registers never fall and no limit is exceeded whatever happens', () => {
    const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 * hour }), anyAct))
    fc.assert(
      fc.property(anyEvse, anyEv, story, (evse, ev, acts) => {
        const outlet = charging(evse, ev)
        const before = (outlet.soc ?? 0) * ev.batteryWh
        const [now, seen] = [{ ms: 0 }, { imported: 0, exported: 0 }]
        for (const [gap, act] of acts) {
          const power = outlet.powerW
          outlet.advanceTo((now.ms += gap))
          const imported = outlet.importWh - seen.imported
          expect(imported).toBeGreaterThanOrEqual(0)
          expect(imported).toBeLessThanOrEqual((Math.max(0, power) * gap) / hour + 1e-6)
          expect(outlet.exportWh).toBeGreaterThanOrEqual(seen.exported)
          seen.imported = outlet.importWh
          seen.exported = outlet.exportWh
          act(outlet)
          expect(outlet.powerW).toBeLessThanOrEqual(Math.min(evse.maxPowerW, ev.maxPowerW))
          expect(outlet.soc).toBeGreaterThanOrEqual(0)
          expect(outlet.soc).toBeLessThanOrEqual(1)
        }
        const stored = (outlet.soc ?? 0) * ev.batteryWh - before
        const spent = outlet.exportWh / (ev.discharge?.efficiency ?? 1)
        expect(Math.abs(outlet.importWh - spent - stored)).toBeLessThan(1e-3)
      }),
    )
  })
})

describe('millisUntil', () => {
  test('is exact: the goal is reached then and not before', () => {
    const goal = fc.double({ min: 0.01, max: 1, noNaN: true })
    fc.assert(
      fc.property(anyEvse, anyEv, goal, (evse, ev, soc) => {
        const outlet = charging(evse, ev)
        const ms = outlet.millisUntil({ soc })
        if (ms === undefined) return
        const early = charging(evse, ev)
        early.advanceTo(ms - 5)
        outlet.advanceTo(ms)
        expect(outlet.soc).toBeGreaterThanOrEqual(soc - 1e-9)
        if (ms > 5) expect(early.soc).toBeLessThan(soc)
      }),
    )
  })

  test('counts energy from the plugging in and takes the first of two goals', () => {
    const outlet = charging(ac22, family)
    expect(outlet.millisUntil({ energyWh: 11_000 })).toBe(hour + 1)
    expect(outlet.millisUntil({ energyWh: 11_000, soc: 0.21 })).toBeLessThan(hour / 10)
    outlet.advanceTo(2 * hour)
    expect(outlet.millisUntil({ energyWh: 11_000 })).toBe(0)
  })

  test('is undefined for what never happens', () => {
    const outlet = charging(ac22, family)
    expect(outlet.millisUntil({ energyWh: 48_001 })).toBeUndefined()
    outlet.openPath()
    expect(outlet.millisUntil({ soc: 0.8 })).toBeUndefined()
    outlet.unplug()
    expect(outlet.millisUntil({ soc: 0.8 })).toBeUndefined()
  })
})
