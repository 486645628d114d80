import { describe, expect, test } from 'vitest'
import { ev, stationTemplate } from '../../../../test/helpers/station-peer.ts'
import { Outlet } from '../../physics/outlet.ts'
import { measurandList, sample } from './measurands.ts'

const [evse] = stationTemplate.evses

function charging(): Outlet {
  if (!evse) throw new Error('the template has an EVSE')
  const outlet = new Outlet(evse, 230, 1000)
  outlet.plug(ev)
  outlet.closePath()
  outlet.advanceTo(3_600_000)
  return outlet
}

function values(list: string) {
  const readings = measurandList(list) ?? []
  const value = sample(charging(), readings, 'Sample.Periodic', '2026-01-01T00:00:00.000Z')
  return value?.sampledValue.map(
    ({ measurand, phase, value: number, unit }) =>
      `${measurand}${phase ? ` ${phase}` : ''} ${number} ${unit}`,
  )
}

describe('1.6 measurands', () => {
  test('[1.6 7.31] power, energy and state of charge of an hour at 11 kW', () => {
    expect(values('Energy.Active.Import.Register, Power.Active.Import,SoC')).toEqual([
      'Energy.Active.Import.Register 12000 Wh',
      'Power.Active.Import 11000 W',
      'SoC 38 Percent',
    ])
  })

  test('[1.6 9.1.14] what has no total is told per phase; a phase can be asked for alone', () => {
    expect(values('Current.Import')).toEqual([
      'Current.Import L1 15.94 A',
      'Current.Import L2 15.94 A',
      'Current.Import L3 15.94 A',
    ])
    expect(values('Voltage.L2')).toEqual(['Voltage L2-N 230.0 V'])
    expect(values('Power.Active.Import.L3')).toEqual(['Power.Active.Import L3 3667 W'])
  })

  test('a list with a measurand that is not measured is no list', () => {
    expect(measurandList('Voltage,RPM')).toBeUndefined()
    expect(measurandList('SoC.L1')).toBeUndefined()
    expect(measurandList('toString')).toBeUndefined()
    expect(measurandList('')).toEqual([])
  })

  test('without an EV there is no state of charge to tell', () => {
    if (!evse) throw new Error('the template has an EVSE')
    const readings = measurandList('SoC') ?? []
    expect(sample(new Outlet(evse, 230, 0), readings, 'Trigger', '')).toBeUndefined()
  })
})
