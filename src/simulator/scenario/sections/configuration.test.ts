import { describe, expect, test } from 'vitest'
import { loadScenario } from '../load-scenario.ts'

function load(configuration: string) {
  const text = `name: t\nfleets: [{name: a, station: {configuration: {${configuration}}}, script: [boot]}]`
  const loaded = loadScenario({ file: 'test.yaml', text }, {})
  return 'problems' in loaded
    ? loaded.problems.map(({ message }) => message)
    : loaded.plan.fleets[0]?.station.configuration
}

describe('configuration of a station', () => {
  test('holds 1.6 keys and 2.x variables side by side', () => {
    expect(
      load(
        'MeterValueSampleInterval: 300, TxCtrlr.EVConnectionTimeOut: 30, "OCPPCommCtrlr.MessageAttempts[TransactionEvent]": 5',
      ),
    ).toEqual({
      MeterValueSampleInterval: '300',
      'TxCtrlr.EVConnectionTimeOut': '30',
      'OCPPCommCtrlr.MessageAttempts[TransactionEvent]': '5',
    })
  })

  test('refuses names that no version has, with what was meant', () => {
    expect(load('TxCtrlr.EVConectionTimeOut: 30')).toEqual([
      expect.stringContaining('Did you mean "TxCtrlr.EVConnectionTimeOut"?'),
    ])
  })

  test('takes read-only 1.6 keys where they say how a station is built, and checks them', () => {
    expect(
      load('SupportedFeatureProfiles: "Core,Reservation", ReserveConnectorZeroSupported: false'),
    ).toEqual({
      SupportedFeatureProfiles: 'Core,Reservation',
      ReserveConnectorZeroSupported: 'false',
    })
    expect(load('SupportedFeatureProfiles: "Reservation", NumberOfConnectors: 4')).toEqual([
      'SupportedFeatureProfiles must list Core and other feature profiles of 1.6, each once.',
      'NumberOfConnectors must be left out: the station works it out.',
    ])
  })

  test('refuses values that no CSMS could set, all at once', () => {
    expect(load('HeartbeatInterval: often, TxCtrlr.StopTxOnInvalidId: 1')).toEqual([
      expect.stringContaining('HeartbeatInterval must be a whole number'),
      'TxCtrlr.StopTxOnInvalidId must be true or false.',
    ])
  })
})
