import { describe, expect, test } from 'vitest'
import { ev, stationTemplate } from '../../../../test/helpers/station-peer.ts'
import { unlimited } from '../../../ocpp/smart-charging/limit.ts'
import { Outlet } from '../../physics/outlet.ts'
import type { MeterPlan } from '../../scenario/plan.ts'
import type { Measured, Registers } from '../meter/measured.ts'
import { quantities } from '../meter/quantities.ts'
import { plainMeter } from '../meter/units.ts'
import { measurandList, sample } from './measurands.ts'

const [evse] = stationTemplate.evses
const now = '2026-01-01T00:00:00.000Z'

function charging(phases: 1 | 2 | 3 = 3): Outlet {
  if (!evse) throw new Error('the template has an EVSE')
  const outlet = new Outlet(evse, 230, 1000)
  outlet.plug({ ...ev, phases })
  outlet.closePath()
  outlet.advanceTo(3_600_000)
  return outlet
}

function values(
  list: string,
  meter: Partial<MeterPlan> = {},
  outlet: Measured = charging(),
  since?: Registers,
) {
  const readings = measurandList(list, { ...plainMeter, ...meter })
  if (!readings) throw new Error(`${list} is no list`)
  const value = sample(outlet, readings, 'Sample.Periodic', now, since)
  return value?.sampledValue.map(
    ({ measurand, phase, value: number, unit, location }) =>
      `${measurand}${phase ? ` ${phase}` : ''} ${number}${unit ? ` ${unit}` : ''}${location ? ` at ${location}` : ''}`,
  )
}

const noReactive = { importVarh: 0, exportVarh: 0 }

describe('1.6 measurands', () => {
  test('[1.6 7.31] power, energy and state of charge of an hour at 11 kW', () => {
    expect(values('Energy.Active.Import.Register, Power.Active.Import,SoC')).toEqual([
      'Energy.Active.Import.Register 12000 Wh',
      'Power.Active.Import 11000 W',
      'SoC 38 Percent at EV',
    ])
  })

  test('[1.6 9.1.17] what has no total is told per phase; a phase can be asked for alone', () => {
    expect(values('Current.Import')).toEqual([
      'Current.Import L1 15.94 A',
      'Current.Import L2 15.94 A',
      'Current.Import L3 15.94 A',
    ])
    expect(values('Voltage.L2')).toEqual(['Voltage L2-N 230.0 V'])
    expect(values('Power.Active.Import.L3')).toEqual(['Power.Active.Import L3 3667 W'])
  })

  test('[1.6 7.34] between phases, and on the neutral conductor of one phase and of three', () => {
    expect(values('Voltage.L1-L2,Voltage.L3-L1,Voltage.L1-N')).toEqual([
      'Voltage L1-L2 398.4 V',
      'Voltage L3-L1 398.4 V',
      'Voltage L1-N 230.0 V',
    ])
    expect(values('Current.Import.N')).toEqual(['Current.Import N 0.00 A'])
    expect(values('Current.Import.N,Current.Import,Voltage.L1-L2', {}, charging(1))).toEqual([
      'Current.Import N 31.88 A',
      'Current.Import L1 31.88 A',
    ])
  })

  test('[1.6 7.31] every measurand is measured while a car charges', () => {
    const since = { importWh: 11_000, exportWh: 0, ...noReactive }
    for (const name of Object.keys(quantities)) {
      const told = values(name, {}, charging(), since)
      expect(told?.length, name).toBeGreaterThan(0)
    }
  })

  test('power = voltage x current x power factor, and reactive power follows', () => {
    const list = 'Power.Active.Import,Power.Reactive.Import,Power.Factor,Current.Import.L1'
    const [active, reactive, factor, current] = values(list, { powerFactor: 0.8 }) ?? []
    expect(active).toBe('Power.Active.Import 11000 W')
    expect(reactive).toBe('Power.Reactive.Import 8250 var')
    expect(factor).toBe('Power.Factor 0.80')
    expect(current).toBe('Current.Import L1 19.93 A')
    expect(19.93 * 230 * 3 * 0.8).toBeCloseTo(11_000, -1)
  })

  test('[1.6 7.45] units of choice', () => {
    const kilo = { energyUnit: 'kWh', powerUnit: 'kW', powerFactor: 0.8 } as const
    expect(values('Energy.Active.Import.Register,Energy.Reactive.Import.Register', kilo)).toEqual([
      'Energy.Active.Import.Register 12.000 kWh',
      'Energy.Reactive.Import.Register 9.000 kvarh',
    ])
    expect(values('Power.Offered,Power.Reactive.Import', kilo)).toEqual([
      'Power.Offered 22.000 kW',
      'Power.Reactive.Import 8.250 kvar',
    ])
    const temperature = (temperatureUnit: MeterPlan['temperatureUnit']) =>
      values('Temperature', { temperatureUnit })
    expect(temperature('Celsius')).toEqual(['Temperature 35.0 Celsius at Body'])
    expect(temperature('Celcius')).toEqual(['Temperature 35.0 Celcius at Body'])
    expect(temperature('Fahrenheit')).toEqual(['Temperature 95.0 Fahrenheit at Body'])
    expect(temperature('K')).toEqual(['Temperature 308.1 K at Body'])
  })

  test('[1.6 7.30] the place that the template names is told of what has no place of its own', () => {
    expect(values('Current.Offered,SoC', { location: 'Cable' })).toEqual([
      'Current.Offered 31.88 A at Cable',
      'SoC 38 Percent at EV',
    ])
  })

  test('[1.6 7.31] an interval tells what flowed since it began, and nothing without a beginning', () => {
    const list = 'Energy.Active.Import.Interval,Energy.Active.Export.Interval'
    expect(values(list, {}, charging(), { importWh: 11_250, exportWh: 0, ...noReactive })).toEqual([
      'Energy.Active.Import.Interval 750 Wh',
      'Energy.Active.Export.Interval 0 Wh',
    ])
    expect(values(list)).toBeUndefined()
  })

  test('what an EV gives back is exported', () => {
    const giving: Measured = {
      importWh: 12_000,
      exportWh: 500,
      ...noReactive,
      reactiveVar: 0,
      grid: undefined,
      powerW: -6900,
      offeredW: 0,
      loadShare: 0.3,
      voltageV: 230,
      phases: 3,
      soc: 0.3,
      currentA: () => -10,
    }
    const list = 'Power.Active.Import,Power.Active.Export,Current.Export.L1'
    expect(values(`${list},Energy.Active.Export.Register`, {}, giving)).toEqual([
      'Power.Active.Import 0 W',
      'Power.Active.Export 6900 W',
      'Current.Export L1 10.00 A',
      'Energy.Active.Export.Register 500 Wh',
    ])
  })

  test('what is offered follows the limit, also where nothing flows', () => {
    if (!evse) throw new Error('the template has an EVSE')
    const outlet = new Outlet(evse, 230, 0)
    expect(values('Power.Offered', {}, outlet)).toEqual(['Power.Offered 22000 W'])
    outlet.setLimit({ ...unlimited, watts: 6900 })
    expect(values('Power.Offered,Current.Offered', {}, outlet)).toEqual([
      'Power.Offered 6900 W',
      'Current.Offered 10.00 A',
    ])
  })

  test('a list with a measurand that is not measured is no list', () => {
    for (const list of ['Voltage,Horsepower', 'SoC.L1', 'Power.Active.Import.N', 'toString']) {
      expect(measurandList(list)).toBeUndefined()
    }
    expect(measurandList('')).toEqual([])
  })

  test('without an EV there is no state of charge to tell', () => {
    if (!evse) throw new Error('the template has an EVSE')
    const readings = measurandList('SoC') ?? []
    expect(sample(new Outlet(evse, 230, 0), readings, 'Trigger', '')).toBeUndefined()
  })
})
