import { afterEach, describe, expect, test } from 'vitest'
import { Peer2x, type SampledValue } from '../../../../../test/helpers/peer-2x.ts'
import type { MeterPlan, StationTemplate } from '../../../scenario/plan.ts'
import { plainMeter } from '../../meter/units.ts'
import { supportedMeasurands } from './measurands.ts'

const minute = 60_000

let peer: Peer2x
afterEach(() => expect(peer.findings).toEqual([]))

const charging = async (
  configuration: Record<string, string>,
  meter: Partial<MeterPlan> = {},
  version: 'ocpp2.0.1' | 'ocpp2.1' = 'ocpp2.0.1',
  template: Partial<StationTemplate> = {},
) => {
  peer = await Peer2x.charging(version, {
    ...template,
    configuration,
    meter: { ...plainMeter, ...meter },
  })
}
/** The samples of the events that this triggered. */
const samplesOf = (triggerReason: string): readonly SampledValue[] =>
  peer.events
    .filter((event) => event.triggerReason === triggerReason)
    .flatMap((event) => peer.samples(event))
const short = ({ measurand, value, phase, unitOfMeasure }: SampledValue) =>
  [measurand, phase, value, unitOfMeasure?.unit].filter((part) => part !== undefined).join(' ')
const values = () =>
  peer.sent('MeterValues').map(({ evseId, meterValue }) => {
    const [reading] = meterValue as { sampledValue: SampledValue[] }[]
    return `${String(evseId)}: ${(reading?.sampledValue ?? []).map(({ value }) => value).join(' ')}`
  })

describe('samples of a transaction', () => {
  test('[2.0.1 MeasurandEnumType] tell everything that the meter measures', async () => {
    await charging({
      'SampledDataCtrlr.TxUpdatedInterval': '360',
      'SampledDataCtrlr.TxUpdatedMeasurands': supportedMeasurands.join(','),
    })
    await peer.clock.run(12 * minute)
    const all = samplesOf('MeterValuePeriodic')
    expect(all.map(short)).toEqual(
      expect.arrayContaining([
        'Energy.Active.Import.Register 3200 Wh',
        'Energy.Active.Import.Interval 1100 Wh',
        'Energy.Active.Net 3200 Wh',
        'Power.Active.Import 11000 W',
        'Power.Offered 22000 W',
        'Current.Import L1 15.94 A',
        'Voltage L3-N 230 V',
        'Frequency 50 Hertz',
        'Power.Factor 1',
      ]),
    )
    expect(new Set(all.map(({ measurand }) => measurand))).toEqual(new Set(supportedMeasurands))
  })

  test('are written in the units, at the place and with the power factor of the meter', async () => {
    await charging(
      {
        'SampledDataCtrlr.TxUpdatedMeasurands':
          'Energy.Active.Import.Register,Power.Active.Import,Power.Reactive.Import,SoC',
      },
      { energyUnit: 'kWh', powerUnit: 'kW', location: 'Cable', powerFactor: 0.8 },
    )
    await peer.clock.run(minute)
    expect(samplesOf('MeterValuePeriodic').map(short)).toEqual([
      'Energy.Active.Import.Register 1.183 kWh',
      'Power.Active.Import 11 kW',
      'Power.Reactive.Import 8.25 kvar',
      'SoC 20.3 Percent',
    ])
    const places = samplesOf('MeterValuePeriodic').map(({ location }) => location)
    expect(places).toEqual(['Cable', 'Cable', 'Cable', 'EV'])
  })

  test('[2.0.1 SampledDataCtrlr.Enabled] are not taken where they are switched off', async () => {
    await charging({ 'SampledDataCtrlr.Enabled': 'false' })
    await peer.clock.run(5 * minute)
    await peer.stop()
    expect(peer.told).toEqual(['Ended StopAuthorized EVConnected Local'])
    expect(peer.events[0]).not.toHaveProperty('meterValue')
  })

  test('[2.0.1 J02] TxEndedInterval: kept for the end, with those of the clock', async () => {
    await charging({
      'SampledDataCtrlr.TxUpdatedInterval': '0',
      'SampledDataCtrlr.TxEndedInterval': '120',
      'AlignedDataCtrlr.TxEndedInterval': '900',
    })
    await peer.clock.run(15 * minute)
    expect(peer.told).toEqual([])
    await peer.stop()
    const contexts = peer.samples(peer.events[0]).map(({ context }) => context)
    expect(contexts).toEqual([
      'Transaction.Begin',
      ...Array.from({ length: 7 }, () => 'Sample.Periodic'),
      'Sample.Clock',
      'Transaction.End',
    ])
    await peer.clock.run(30 * minute)
    expect(peer.events).toHaveLength(1)
  })

  test('are thinned out beyond a hundred, the first and the last kept', async () => {
    await charging({
      'SampledDataCtrlr.TxUpdatedInterval': '0',
      'SampledDataCtrlr.TxEndedInterval': '10',
    })
    await peer.clock.run(60 * minute)
    await peer.stop()
    const samples = peer.samples(peer.events[0])
    expect(samples.length).toBeLessThanOrEqual(101)
    expect(samples[0]).toMatchObject({ context: 'Transaction.Begin', value: 1000 })
    expect(samples.at(-1)).toMatchObject({ context: 'Transaction.End', value: 12_000 })
    const registers = samples.map(({ value }) => value)
    expect(registers).toEqual([...registers].sort((a, b) => a - b))
  })
})

describe('signed readings', () => {
  const signedData = 'OCMF|{register}|{time}'
  const data = (samples: readonly SampledValue[]) =>
    samples
      .map(({ signedMeterValue }) => signedMeterValue?.signedMeterData)
      .map((text) => (text === undefined ? undefined : Buffer.from(text, 'base64').toString()))

  test('[2.0.1 J01, SignReadings] are beside the register, in base 64', async () => {
    await charging({ 'SampledDataCtrlr.SignReadings': 'true' }, { signedData })
    await peer.clock.run(minute)
    await peer.stop()
    const [updated, ended] = peer.events
    expect(data(peer.samples(updated))).toEqual([
      `OCMF|1183|${updated?.timestamp ?? ''}`,
      undefined,
    ])
    expect(data(peer.samples(ended)).every((text) => text?.startsWith('OCMF|'))).toBe(true)
  })

  test('[2.1 SignUpdatedReadings] in 2.1 each kind is switched for itself', async () => {
    await charging({ 'SampledDataCtrlr.SignReadings': 'true' }, { signedData }, 'ocpp2.1')
    await peer.clock.run(minute)
    await peer.stop()
    const [updated, ended] = peer.events
    expect(data(peer.samples(updated))).toEqual([undefined, undefined])
    expect(data(peer.samples(ended))).not.toContain(undefined)
  })
})

describe('clock-aligned values', () => {
  const aligned = { 'AlignedDataCtrlr.Interval': '900' }
  const ac = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const

  test('[2.0.1 J01.FR.03, FR.04] of the main meter are those of EVSE 0', async () => {
    await charging(aligned, { main: true }, 'ocpp2.0.1', { evses: [ac, ac] })
    await peer.clock.run(15 * minute)
    expect(values()).toEqual(['0: 4750', '2: 1000'])
    expect(samplesOf('MeterValueClock').map(({ value }) => value)).toEqual([3750])
  })

  test('[2.0.1 AlignedDataCtrlr.Enabled] are not taken where they are switched off', async () => {
    await charging({ ...aligned, 'AlignedDataCtrlr.Enabled': 'false' }, { main: true })
    await peer.clock.run(30 * minute)
    expect(values()).toEqual([])
    expect(samplesOf('MeterValueClock')).toEqual([])
  })
})
