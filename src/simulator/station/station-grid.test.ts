import { describe, expect, test } from 'vitest'
import { stationTemplate } from '../../../test/helpers/station-peer.ts'
import { type Limit, unlimited } from '../../ocpp/smart-charging/limit.ts'
import { orderOf } from '../../ocpp/smart-charging/power-order.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import type { EvPlan, EvsePlan, GridPlan } from '../scenario/plan.ts'
import { evsesOf } from './evse.ts'
import { type LimitSource, noProfiles, PowerLimits } from './power-limits.ts'
import { changeGrid, gridOf } from './station-grid.ts'

const ac22: EvsePlan = {
  connectors: ['cType2'],
  maxPowerW: 22_000,
  phases: 3,
  current: 'AC',
  dischargeW: 11_000,
}
const ev: EvPlan = { batteryWh: 60_000, soc: 0.5, maxPowerW: 22_000, phases: 3, taperFrom: 1 }
const v2g: EvPlan = { ...ev, discharge: { maxPowerW: 11_000, reserveSoc: 0.2, efficiency: 1 } }

/** A station of three EVSEs whose EVs come one after the other. */
function open(grid: GridPlan | undefined, ...evs: readonly EvPlan[]) {
  const clock = new VirtualClock()
  const template = { ...stationTemplate, evses: evs.map(() => ac22), grid }
  const evses = evsesOf(template, () => clock.monotonicMicros() / 1000)
  const host = {
    evses,
    template,
    clocks: { real: clock, simulated: clock },
    wireMs: () => clock.wallMs(),
  }
  gridOf(host)
  evs.forEach((one, at) => {
    evses[at]?.plug(1, one)
    evses[at]?.closePath()
  })
  const powers = () =>
    evses.map((evse) => {
      evse.advance()
      return Math.round(evse.outlet.powerW)
    })
  return { clock, evses, host, powers }
}

function ordering(limits: readonly Limit[]): LimitSource {
  const untilMs = Number.POSITIVE_INFINITY
  return {
    ...noProfiles,
    evseBound: ({ id }) => ({ limit: limits[id - 1] ?? unlimited, untilMs }),
  }
}

function ordered(period: Omit<Parameters<typeof orderOf>[0], 'startPeriod'>): Limit {
  const order = orderOf({ startPeriod: 0, ...period }, 'W')
  return order ? { ...unlimited, order } : unlimited
}

describe('EVSEs behind one connection to the grid', () => {
  test('share what the building leaves, first come, first served where it is too little', () => {
    const { powers, host } = open({ maxPowerW: 40_000, loadW: 7_000 }, ev, ev, ev)
    expect(powers()).toEqual([11_000, 11_000, 11_000])
    changeGrid(host, (grid) => {
      grid.loadW = 30_000
    })
    expect(powers()).toEqual([5_000, 5_000, 0])
    changeGrid(host, (grid) => {
      grid.loadW = 38_000
    })
    expect(powers()).toEqual([0, 0, 0])
  })

  test('get more as soon as an EV is full', async () => {
    const { clock, powers } = open({ maxPowerW: 22_000, loadW: 0 }, { ...ev, soc: 0.9 }, ev)
    expect(powers()).toEqual([11_000, 11_000])
    await clock.run(33 * 60_000)
    expect(powers()).toEqual([0, 22_000])
  })

  test('use what another EV gives back', () => {
    const { evses, powers, clock, host } = open({ maxPowerW: 10_000, loadW: 0 }, v2g, ev)
    const clocks = { simulatedMs: () => clock.monotonicMicros() / 1000, wireMs: host.wireMs }
    const source = ordering([ordered({ operationMode: 'CentralSetpoint', setpoint: -8_000 })])
    const limiter = new PowerLimits(evses, clocks, source)
    for (const evse of evses) evse.limiter = limiter
    limiter.changed(0)
    expect(powers()).toEqual([-8_000, 18_000])
  })

  test('[2.1 Q09] balance the load of the building with what EVs have above their reserve', async () => {
    const { evses, powers, clock, host } = open({ maxPowerW: 50_000, loadW: 9_000 }, v2g, v2g)
    const clocks = { simulatedMs: () => clock.monotonicMicros() / 1000, wireMs: host.wireMs }
    const balancing = ordered({ operationMode: 'LocalLoadBalancing', dischargeLimit: -6_000 })
    const limiter = new PowerLimits(evses, clocks, ordering([balancing, balancing]))
    for (const evse of evses) evse.limiter = limiter
    changeGrid(host, (grid) => {
      grid.balance = { upperW: 1_000, upperOffsetW: 0, lowerW: -1_000, lowerOffsetW: 0 }
    })
    expect(powers()).toEqual([-6_000, -2_000])
    await clock.run(3 * 3_600_000)
    expect(powers()).toEqual([0, -6_000])
  })

  test('give nothing back where nobody may order it', () => {
    const { evses, powers, clock, host } = open(undefined, v2g)
    const clocks = { simulatedMs: () => clock.monotonicMicros() / 1000, wireMs: host.wireMs }
    const back = ordered({ operationMode: 'CentralSetpoint', setpoint: -5_000 })
    const limiter = new PowerLimits(evses, clocks, ordering([back]))
    for (const evse of evses) evse.limiter = limiter
    changeGrid(host, (grid) => {
      grid.permits = () => false
    })
    expect(powers()).toEqual([0])
    changeGrid(host, (grid) => {
      grid.permits = () => true
    })
    expect(powers()).toEqual([-5_000])
  })

  test('[2.1 R04] stop while a rule of the grid trips them', () => {
    const { evses, powers, host } = open(undefined, ev)
    changeGrid(host, (grid) => {
      grid.rule = () => ({ tripped: true, backShare: 1, supportShare: 0, takeShare: 1 })
    })
    expect([powers(), evses[0]?.outlet.suspendedBy]).toEqual([[0], 'evse'])
  })
})
