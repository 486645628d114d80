import { describe, expect, test } from 'vitest'
import { loadScenario } from '../load-scenario.ts'

function load(station: object) {
  const text = JSON.stringify({ name: 'x', fleets: [{ name: 'a', station, script: ['boot'] }] })
  const loaded = loadScenario({ file: 'x.yaml', text })
  return 'problems' in loaded
    ? loaded.problems.map(({ message }) => message)
    : loaded.plan.fleets[0]?.station
}

describe('what a 1.6 station is made of', () => {
  test('a meter that is named tells basic units unless it is told otherwise', () => {
    expect(load({ meter: { type: 'M1', powerUnit: 'kW' } })).toMatchObject({
      meter: {
        type: 'M1',
        serial: undefined,
        energyUnit: 'Wh',
        powerUnit: 'kW',
        temperatureUnit: 'Celsius',
        location: undefined,
        signedData: undefined,
        powerFactor: 1,
        main: false,
      },
    })
    expect(load({})).not.toHaveProperty('meter')
  })

  test('units and places that 1.6 does not have are refused', () => {
    expect(load({ meter: { energyUnit: 'MWh', location: 'Roof', powerFactor: 2 } })).toEqual([
      expect.stringContaining('energyUnit'),
      expect.stringContaining('location'),
      '2 is out of range; powerFactor wants a power factor from 0.1 to 1.',
    ])
  })

  test('a modem, and keys that take a reboot', () => {
    expect(load({ modem: { iccid: '8949' }, rebootRequired: 'HeartbeatInterval' })).toMatchObject({
      modem: { iccid: '8949', imsi: undefined },
      rebootRequired: ['HeartbeatInterval'],
    })
    expect(load({ rebootRequired: ['NumberOfConnectors'] })).toEqual([
      expect.stringContaining('NumberOfConnectors'),
    ])
  })
})
