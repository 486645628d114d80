import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import type { MeterPlan } from '../../scenario/plan.ts'
import { plainMeter } from '../meter/units.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const evse = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const

interface Sampled {
  readonly value: string
  readonly context: string
  readonly measurand: string
  readonly format?: string
  readonly location?: string
}
interface Value {
  readonly timestamp: string
  readonly sampledValue: readonly Sampled[]
}

async function charging(configuration: Record<string, string>, meter: Partial<MeterPlan> = {}) {
  const bench = new StationPeer(protocol, {
    evses: [evse, evse],
    configuration,
    meter: { ...plainMeter, ...meter },
  })
  bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  bench.answers.set('StartTransaction', () => ({
    transactionId: 1,
    idTagInfo: { status: 'Accepted' },
  }))
  await bench.booted()
  await bench.act(bench.actor.plugIn(plug, ev))
  await bench.act(bench.actor.start(plug, bench.cancel))
  bench.forget()
  return bench
}

const told = (bench: StationPeer) =>
  bench.sent('MeterValues') as readonly {
    connectorId: number
    transactionId?: number
    meterValue: readonly Value[]
  }[]

async function transactionData(bench: StationPeer): Promise<readonly Value[]> {
  await bench.act(bench.actor.stop(plug, {}, bench.cancel))
  return (bench.sent('StopTransaction')[0]?.['transactionData'] ?? []) as readonly Value[]
}

const brief = (values: readonly Value[]) =>
  values.flatMap(({ timestamp, sampledValue }) =>
    sampledValue.map(({ context, value }) => `${timestamp.slice(11, 19)} ${context} ${value}`),
  )

describe('meter values of a 1.6 station', () => {
  test('[1.6 9.1.19] an interval tells what flowed since the sample before', async () => {
    const bench = await charging({
      MeterValueSampleInterval: '900',
      MeterValuesSampledData: 'Energy.Active.Import.Interval',
    })
    await bench.clock.run(1_800_000)
    expect(told(bench).flatMap(({ meterValue }) => brief(meterValue))).toEqual([
      '00:15:00 Sample.Periodic 2750',
      '00:30:00 Sample.Periodic 2750',
    ])
  })

  test('[1.6 9.1.5] of the clock, an interval bears the time of its beginning', async () => {
    const bench = await charging({
      MeterValueSampleInterval: '0',
      ClockAlignedDataInterval: '900',
      MeterValuesAlignedData: 'Energy.Active.Import.Register,Energy.Active.Import.Interval',
    })
    await bench.clock.run(1_800_000)
    const first = told(bench).filter(({ connectorId }) => connectorId === 1)
    expect(first.map(({ meterValue }) => brief(meterValue))).toEqual([
      ['00:15:00 Sample.Clock 3750'],
      ['00:15:00 Sample.Clock 2750', '00:30:00 Sample.Clock 6500'],
    ])
  })

  test('[1.6 9.1.5] in StopTransaction the first interval of the clock is a part of one', async () => {
    const bench = await charging({
      MeterValueSampleInterval: '0',
      ClockAlignedDataInterval: '900',
      MeterValuesAlignedData: '',
      StopTxnAlignedData: 'Energy.Active.Import.Interval',
    })
    await bench.clock.run(300_000)
    await bench.act(bench.actor.stop(plug, {}, bench.cancel))
    bench.forget()
    await bench.clock.run(300_000)
    await bench.act(bench.actor.start(plug, bench.cancel))
    await bench.clock.run(1_200_000)
    expect(brief(await transactionData(bench))).toEqual([
      '00:10:00 Sample.Clock 917',
      '00:15:00 Sample.Clock 2750',
    ])
  })

  test('[1.6 4.7, errata 3.14.3] the main meter is connector 0, at the inlet, in no transaction', async () => {
    const bench = await charging(
      {
        MeterValueSampleInterval: '0',
        ClockAlignedDataInterval: '3600',
        MeterValuesAlignedData: 'Energy.Active.Import.Register,Power.Active.Import,SoC',
      },
      { main: true },
    )
    await bench.clock.run(3_600_000)
    expect(told(bench).map(({ connectorId }) => connectorId)).toEqual([0, 1, 2])
    const [main] = told(bench)
    expect(main).not.toHaveProperty('transactionId')
    expect(main?.meterValue[0]?.sampledValue).toMatchObject([
      { value: '13000', location: 'Inlet', measurand: 'Energy.Active.Import.Register' },
      { value: '11000', location: 'Inlet', measurand: 'Power.Active.Import' },
    ])
  })

  test('[1.6 9.1.17] an empty list of MeterValues stands for the register', async () => {
    const bench = await charging({
      MeterValueSampleInterval: '3600',
      MeterValuesSampledData: '',
      ClockAlignedDataInterval: '3600',
      MeterValuesAlignedData: '',
    })
    await bench.clock.run(3_600_000)
    const measured = told(bench).flatMap(({ meterValue }) => meterValue)
    expect(brief(measured)).toEqual([
      '01:00:00 Sample.Clock 12000',
      '01:00:00 Sample.Clock 1000',
      '01:00:00 Sample.Periodic 12000',
    ])
  })

  test('[1.6 5.17] a trigger reads the main meter, too', async () => {
    const list = { MeterValuesSampledData: 'Power.Active.Import' }
    const bench = await charging(list, { main: true })
    const trigger = { requestedMessage: 'MeterValues' }
    await bench.call('TriggerMessage', { ...trigger, connectorId: 0 })
    await bench.clock.run(0)
    expect(told(bench)).toMatchObject([
      { connectorId: 0, meterValue: [{ sampledValue: [{ value: '11000', context: 'Trigger' }] }] },
    ])
    await bench.call('TriggerMessage', trigger)
    await bench.clock.run(0)
    expect(told(bench).map(({ connectorId }) => connectorId)).toEqual([0, 0, 1, 2])
  })

  test('[1.6 7.35] what StopTransaction carries: beginning, samples, pauses, end', async () => {
    const bench = await charging({
      MeterValueSampleInterval: '600',
      StopTxnSampledData: 'Energy.Active.Import.Register',
    })
    await bench.clock.run(700_000)
    const pause = bench.actor.suspendEv(plug, 100_000, bench.cancel)
    await bench.clock.run(200_000)
    await pause
    expect(brief(await transactionData(bench)).map((line) => line.slice(0, -5).trim())).toEqual([
      '00:00:00 Transaction.Begin',
      '00:10:00 Sample.Periodic',
      '00:11:40 Interruption.Begin',
      '00:13:20 Interruption.End',
      '00:15:00 Transaction.End',
    ])
  })

  test('[1.6 7.35] a fault is told with the context Other', async () => {
    const bench = await charging({ StopTxnSampledData: 'SoC' })
    await bench.act(bench.actor.fault(plug, { code: 'OverVoltage' }))
    const [stop] = bench.sent('StopTransaction')
    expect(brief(stop?.['transactionData'] as readonly Value[])).toEqual([
      '00:00:00 Transaction.Begin 20',
      '00:00:00 Other 20',
      '00:00:00 Transaction.End 20',
    ])
  })

  test('[1.6 errata 3.91] of too many values the first and the last stay', async () => {
    const bench = await charging({
      MeterValueSampleInterval: '60',
      StopTransactionMaxMeterValues: '5',
      StopTxnSampledData: 'Energy.Active.Import.Register',
    })
    await bench.clock.run(3_600_000)
    const values = brief(await transactionData(bench))
    expect(values.length).toBeLessThanOrEqual(5)
    expect(values[0]).toBe('00:00:00 Transaction.Begin 1000')
    expect(values.at(-1)).toBe('01:00:00 Transaction.End 12000')
  })

  test('[1.6 errata 3.14.5] two empty lists, no transactionData', async () => {
    const bench = await charging({ StopTxnSampledData: '', StopTxnAlignedData: '' })
    await bench.clock.run(600_000)
    await transactionData(bench)
    expect(bench.sent('StopTransaction')[0]).not.toHaveProperty('transactionData')
  })

  test('[1.6 7.49] SignedData goes along at both ends of a transaction, filled in', async () => {
    const bench = await charging(
      { MeterValueSampleInterval: '600', StopTxnSampledData: 'Energy.Active.Import.Register' },
      { signedData: 'OCMF|{register}|{time}' },
    )
    await bench.clock.run(3_600_000)
    const signed = (await transactionData(bench))
      .flatMap(({ sampledValue }) => sampledValue)
      .filter(({ format }) => format === 'SignedData')
    expect(signed.map(({ context, value }) => `${context} ${value}`)).toEqual([
      expect.stringMatching(/^Transaction\.Begin OCMF\|1000\|.*T00:00:00/),
      expect.stringMatching(/^Transaction\.End OCMF\|12000\|.*T01:00:00/),
    ])
    expect(bench.findings).toEqual([])
  })

  test('[1.6 errata 3.14.4] a list with an unknown measurand changes nothing', async () => {
    const bench = await charging({ MeterValuesSampledData: 'SoC' })
    const change = { key: 'MeterValuesSampledData', value: 'Voltage,Horsepower' }
    expect(await bench.call('ChangeConfiguration', change)).toEqual({ status: 'Rejected' })
    await bench.clock.run(60_000)
    expect(told(bench)[0]?.meterValue[0]?.sampledValue).toMatchObject([{ measurand: 'SoC' }])
  })
})
