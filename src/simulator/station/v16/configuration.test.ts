import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, silent, validators } from '../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../scenario/plan.ts'
import { configurationKeys, keyNames, keySpec } from './configuration-keys.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const three = { connectors: ['sType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const dc = { connectors: ['cCCS2'], maxPowerW: 150_000, phases: 3, current: 'DC' } as const

async function booted(template: Partial<StationTemplate> = {}) {
  const bench = new StationPeer(protocol, { evses: [three, dc], ...template })
  bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  bench.answers.set('StartTransaction', () => ({
    transactionId: 1,
    idTagInfo: { status: 'Accepted' },
  }))
  return bench.booted()
}

const configured = (configuration: Record<string, string>) => booted({ configuration })

async function change(bench: StationPeer, key: string, value: string) {
  const { status } = await bench.call('ChangeConfiguration', { key, value })
  return status
}

async function read(bench: StationPeer, ...key: string[]) {
  const answer = await bench.call('GetConfiguration', { key })
  return answer['configurationKey'] as readonly { value?: string; readonly: boolean }[] | undefined
}

/** [1.6 9, errata 3.83, 3.90, 3.91, SWP 7] */
const standard = [
  'AdditionalRootCertificateCheck AllowOfflineTxForUnknownId AuthorizationCacheEnabled',
  'AuthorizationKey AuthorizeRemoteTxRequests BlinkRepeat CertificateSignedMaxChainSize',
  'CertificateStoreMaxLength ChargeProfileMaxStackLevel ChargingScheduleAllowedChargingRateUnit',
  'ChargingScheduleMaxPeriods ClockAlignedDataInterval ConnectionTimeOut ConnectorPhaseRotation',
  'ConnectorPhaseRotationMaxLength ConnectorSwitch3to1PhaseSupported CpoName',
  'GetConfigurationMaxKeys HeartbeatInterval LightIntensity LocalAuthListEnabled',
  'LocalAuthListMaxLength LocalAuthorizeOffline LocalPreAuthorize MaxChargingProfilesInstalled',
  'MaxEnergyOnInvalidId MessageTimeout MeterValueSampleInterval MeterValuesAlignedData',
  'MeterValuesAlignedDataMaxLength MeterValuesSampledData MeterValuesSampledDataMaxLength',
  'MinimumStatusDuration NumberOfConnectors ReserveConnectorZeroSupported ResetRetries',
  'SecurityProfile SendLocalListMaxLength StopTransactionMaxMeterValues',
  'StopTransactionOnEVSideDisconnect StopTransactionOnInvalidId StopTxnAlignedData',
  'StopTxnAlignedDataMaxLength StopTxnSampledData StopTxnSampledDataMaxLength',
  'SupportedFeatureProfiles SupportedFeatureProfilesMaxLength SupportedFileTransferProtocols',
  'TransactionMessageAttempts TransactionMessageRetryInterval UnlockConnectorOnEVSideDisconnect',
  'WebSocketPingInterval',
].flatMap((line) => line.split(' '))

describe('configuration of a 1.6 station', () => {
  test('[1.6 9] every standard key is there and is told with a value that is good', async () => {
    const bench = await booted()
    const answer = await bench.call('GetConfiguration', {})
    const told = answer['configurationKey'] as { key: string; value?: string }[]
    expect(told.map(({ key }) => key)).toEqual(expect.arrayContaining(standard))
    for (const { key, value } of told) {
      const spec = Object.entries(configurationKeys).find(([name]) => name === key)
      expect(spec, key).toBeDefined()
      if (value === undefined || value === '' || key === 'NumberOfConnectors') continue
      expect(keySpec(key as keyof typeof configurationKeys).check(value), key).toBeUndefined()
    }
  })

  test('[1.6 5.3] what is read-only is Rejected, whatever the value, and stays as it was', async () => {
    const bench = await booted()
    for (const name of keyNames.filter((key) => keySpec(key).readonly)) {
      const [before] = (await read(bench, name)) ?? []
      expect(await change(bench, name, before?.value ?? '1'), name).toBe('Rejected')
      expect(await read(bench, name)).toEqual([before])
      expect(before?.readonly).toBe(true)
    }
  })

  test.each([
    ['ClockAlignedDataInterval', '900', 'Accepted'],
    ['ClockAlignedDataInterval', '86401', 'Rejected'],
    ['ConnectorPhaseRotation', '0.RST,1.TRS,2.NotApplicable', 'Accepted'],
    ['ConnectorPhaseRotation', '0.RST,1.RST,2.RST,3.RST', 'Rejected'],
    ['ConnectorPhaseRotation', '1.RRS', 'Rejected'],
    ['CpoName', 'Grid & Co', 'Accepted'],
    ['CpoName', '', 'Rejected'],
    ['HeartbeatInterval', '1.5', 'Rejected'],
    ['LightIntensity', '101', 'Rejected'],
    ['LightIntensity', '40', 'Accepted'],
    ['BlinkRepeat', '-1', 'Rejected'],
    ['LocalAuthListEnabled', 'False', 'Accepted'],
    ['MessageTimeout', '0', 'Rejected'],
    ['AuthorizationKey', 'tooshort', 'Rejected'],
    ['SecurityProfile', '4', 'Rejected'],
    ['SecurityProfile', '0', 'Rejected'],
    ['StopTxnSampledData', '', 'Accepted'],
    ['WebSocketPingInterval', '-1', 'Rejected'],
    ['NoSuchKey', '1', 'NotSupported'],
  ])('[1.6 5.3] %s = "%s" is %s', async (key, value, status) => {
    const bench = await booted()
    expect(await change(bench, key, value)).toBe(status)
    const [told] = (await read(bench, key)) ?? []
    if (status === 'Accepted') expect(told?.value).toBe(value)
  })

  test('[1.6 5.3] a list is no longer than its MaxLength key says', async () => {
    const bench = await configured({ MeterValuesSampledDataMaxLength: '2' })
    expect(await change(bench, 'MeterValuesSampledData', 'SoC,Voltage,Frequency')).toBe('Rejected')
    expect(await change(bench, 'MeterValuesSampledData', 'SoC,Voltage')).toBe('Accepted')
  })

  test('[1.6 SWP 7.2] AuthorizationKey is set and never read back', async () => {
    const bench = await booted()
    expect(await change(bench, 'AuthorizationKey', '0123456789abcdef')).toBe('Accepted')
    await bench.clock.run(60_000)
    expect(await read(bench, 'AuthorizationKey')).toEqual([
      { key: 'AuthorizationKey', readonly: false },
    ])
  })

  test('[1.6 5.3] RebootRequired: told at once, in force after the boot, and after the next', async () => {
    const bench = await booted({ rebootRequired: ['MeterValueSampleInterval'] })
    expect(await change(bench, 'MeterValueSampleInterval', '10')).toBe('RebootRequired')
    expect(await read(bench, 'MeterValueSampleInterval')).toMatchObject([{ value: '10' }])
    await bench.act(bench.actor.plugIn(plug, ev))
    await bench.act(bench.actor.start(plug, bench.cancel))
    await bench.clock.run(59_000)
    expect(bench.sent('MeterValues')).toEqual([])
    for (let boots = 0; boots < 2; boots += 1) {
      await bench.call('Reset', { type: 'Hard' })
      await bench.clock.run(10_000)
    }
    bench.forget()
    await bench.act(bench.actor.start(plug, bench.cancel))
    await bench.clock.run(20_000)
    expect(bench.sent('MeterValues').length).toBe(2)
  })

  test('[1.6 9.1.7, 9.1.21, errata 3.84] what follows from how the station is built', async () => {
    const bench = await booted()
    expect(
      await read(
        bench,
        'NumberOfConnectors',
        'ConnectorPhaseRotation',
        'ConnectorPhaseRotationMaxLength',
        'UnlockConnectorOnEVSideDisconnect',
        'MessageTimeout',
      ),
    ).toMatchObject([
      { value: '2' },
      { value: '0.RST,1.RST,2.NotApplicable' },
      { value: '3' },
      { value: 'true', readonly: false },
      { value: '30' },
    ])
    const fixed = await booted({ evses: [dc] })
    expect(await read(fixed, 'UnlockConnectorOnEVSideDisconnect')).toMatchObject([
      { value: 'false', readonly: true },
    ])
    expect(await change(fixed, 'UnlockConnectorOnEVSideDisconnect', 'true')).toBe('Rejected')
  })

  test('[1.6 3.3] without a feature profile its keys and actions are not there', async () => {
    const bench = await configured({ SupportedFeatureProfiles: 'Core,RemoteTrigger' })
    expect(await bench.call('GetConfiguration', { key: ['LocalAuthListEnabled'] })).toEqual({
      unknownKey: ['LocalAuthListEnabled'],
    })
    expect(await change(bench, 'LocalAuthListEnabled', 'true')).toBe('NotSupported')
    for (const [action, payload] of [
      ['CancelReservation', { reservationId: 1 }],
      ['ClearChargingProfile', {}],
      ['GetDiagnostics', { location: 'ftp://127.0.0.1/' }],
    ] as const) {
      expect(await bench.outcome(action, payload)).toMatchObject({ wireCode: 'NotSupported' })
    }
    for (const requestedMessage of [
      'DiagnosticsStatusNotification',
      'FirmwareStatusNotification',
    ]) {
      expect(await bench.call('TriggerMessage', { requestedMessage })).toEqual({
        status: 'NotImplemented',
      })
    }
    const bare = await configured({ SupportedFeatureProfiles: 'Core' })
    expect(await bare.outcome('TriggerMessage', { requestedMessage: 'Heartbeat' })).toMatchObject({
      wireCode: 'NotSupported',
    })
  })

  test('[1.6 errata 3.83] MessageTimeout counts for the next CALL', async () => {
    const bench = await booted()
    expect(await change(bench, 'MessageTimeout', '5')).toBe('Accepted')
    const outcomes: string[] = []
    bench.answers.set('DataTransfer', silent)
    bench.station.send('DataTransfer', { vendorId: 'x' }, ({ kind }) => outcomes.push(kind))
    for (let second = 1; second <= 6; second += 1) {
      await bench.clock.run(1000)
      bench.station.sweep(bench.clock.monotonicMicros())
      if (second < 5) expect(outcomes).toEqual([])
    }
    expect(outcomes).toEqual(['timeout'])
  })
})
