import { expect } from 'vitest'
import { FileHost } from '../helpers/file-host.ts'
import { simulate } from '../helpers/simulate.ts'
import type { Heard, PeerCsms } from './peer-csms.ts'

type Payload = Readonly<Record<string, unknown>>

const accepted = { status: 'Accepted' }

/** Plays one of our stations against a peer while the peer does its part. */
export async function played(
  csms: PeerCsms,
  file: string,
  part: () => Promise<void>,
  ...args: readonly string[]
): Promise<void> {
  const [report] = await Promise.all([
    simulate(`fixtures/interop/${file}`, '--target', csms.url, ...args),
    part(),
  ])
  expect(report).toMatchObject({
    verdict: 'pass',
    exitCode: 0,
    scripts: { completed: 1, failed: 0 },
    violations: { total: 0 },
  })
}

/** The station is accepted and stands there. */
const ready = (csms: PeerCsms) =>
  csms.until(
    ({ action, payload }) => action === 'StatusNotification' && payload['connectorId'] === 1,
    'ready',
  )

interface Sample {
  readonly value: string
  readonly measurand?: string
}

function sampled({ action, payload }: Heard, measurand: string): number | undefined {
  if (action !== 'MeterValues') return undefined
  const values = payload['meterValue'] as readonly { readonly sampledValue: readonly Sample[] }[]
  const sample = values
    .flatMap((one) => one.sampledValue)
    .find((one) => one.measurand === measurand)
  return sample && Math.round(Number(sample.value))
}

const watts = (heard: Heard) => sampled(heard, 'Power.Active.Import')

const profile = (id: number, purpose: string, limit: number, transactionId?: unknown) => ({
  chargingProfileId: id,
  ...(transactionId !== undefined && { transactionId }),
  stackLevel: 0,
  chargingProfilePurpose: purpose,
  chargingProfileKind: 'Relative',
  chargingSchedule: {
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  },
})

/** A peer limits one of our stations before and while it charges; its meter values obey. */
export async function smartChargingSession(csms: PeerCsms): Promise<void> {
  const set = (connectorId: number, csChargingProfiles: object) =>
    csms.call('SetChargingProfile', { connectorId, csChargingProfiles })
  const draws = (power: number) => csms.until((heard) => watts(heard) === power, `${power} W`)

  await played(csms, 'limited.yaml', async () => {
    await ready(csms)
    expect(await set(0, profile(1, 'TxDefaultProfile', 4200))).toEqual(accepted)
    const { transactionId } = (await draws(4200)).payload

    expect(await set(1, profile(2, 'TxProfile', 9000, transactionId))).toEqual(accepted)
    await draws(9000)
    const question = { connectorId: 1, duration: 60, chargingRateUnit: 'W' }
    expect(await csms.call('GetCompositeSchedule', question)).toMatchObject({
      ...accepted,
      connectorId: 1,
      chargingSchedule: { chargingSchedulePeriod: [{ startPeriod: 0, limit: 9000 }] },
    })
    const ofAnother = profile(3, 'TxProfile', 1000, Number(transactionId) + 1)
    expect(await set(1, ofAnother)).toEqual({ status: 'Rejected' })

    expect(await set(1, profile(2, 'TxProfile', 0, transactionId))).toEqual(accepted)
    await csms.until(({ payload }) => payload['status'] === 'SuspendedEVSE', 'SuspendedEVSE')
    await draws(0)
    expect(await csms.call('ClearChargingProfile', { id: 2 })).toEqual(accepted)
    expect(await csms.call('ClearChargingProfile', { id: 2 })).toEqual({ status: 'Unknown' })
    const paused = csms.heard.length
    await csms.until(
      (heard) => csms.heard.indexOf(heard) >= paused && watts(heard) === 4200,
      '4200 W again',
    )
    expect(await csms.call('RemoteStopTransaction', { transactionId })).toEqual(accepted)
    const stopped = await csms.until(({ action }) => action === 'StopTransaction', 'the stop')
    expect(stopped.payload).toMatchObject({ transactionId, reason: 'Remote' })
  })

  const powers = csms.heard.flatMap((heard) => watts(heard) ?? [])
  expect(powers.filter((power, i) => power !== powers[i - 1])).toEqual([4200, 9000, 0, 4200])
  expectAverageBelow(csms, 9000)
}

/** What the meter says of the whole transaction fits what it said on the way. */
function expectAverageBelow(csms: PeerCsms, limit: number): void {
  const of = (action: string) => csms.heard.find((heard) => heard.action === action)?.payload ?? {}
  const [start, stop] = [of('StartTransaction'), of('StopTransaction')]
  const timeOf = ({ timestamp }: Payload) => Date.parse(String(timestamp))
  const hours = (timeOf(stop) - timeOf(start)) / 3_600_000
  const energyWh = Number(stop['meterStop']) - Number(start['meterStart'])
  expect(energyWh).toBeGreaterThan(0)
  expect(energyWh).toBeLessThan(limit * hours)
}

/** A peer makes one of our stations fetch firmware and bring diagnostics, from and to a third party. */
export async function firmwareSession(csms: PeerCsms): Promise<void> {
  await using files = await FileHost.start({ '/fw-2.0.1.bin': Buffer.alloc(300_000, 'firmware') })
  const update = (name: string) =>
    csms.call('UpdateFirmware', {
      location: `${files.url}/${name}`,
      retrieveDate: '2020-01-01T00:00:00Z',
    })
  const told = (action: string, status: string) =>
    csms.until((heard) => heard.action === action && heard.payload['status'] === status, status)
  const statuses = (action: string) =>
    csms.heard.filter((heard) => heard.action === action).map(({ payload }) => payload['status'])

  await played(csms, 'firmware.yaml', async () => {
    await ready(csms)
    expect(await update('nothing-3.0.0.bin')).toEqual({})
    await told('FirmwareStatusNotification', 'DownloadFailed')
    expect(await update('fw-2.0.1.bin')).toEqual({})
    await told('FirmwareStatusNotification', 'Installed')

    const location = `${files.url}/uploads/`
    const { fileName } = await csms.call('GetDiagnostics', { location })
    await told('DiagnosticsStatusNotification', 'Uploaded')
    const diagnostics = files.uploads.get(`/uploads/${String(fileName)}`)
    expect(diagnostics).toContain('station PEER-1')
    expect(diagnostics).toContain('2.0.1')
    expect(await csms.call('TriggerMessage', { requestedMessage: 'Heartbeat' })).toEqual(accepted)
  })

  expect(statuses('FirmwareStatusNotification')).toEqual([
    'Downloading',
    'DownloadFailed',
    'Downloading',
    'Downloaded',
    'Installing',
    'Installed',
  ])
  expect(statuses('DiagnosticsStatusNotification')).toEqual(['Uploading', 'Uploaded'])
  expect(files.fetched).toEqual(['/nothing-3.0.0.bin', '/fw-2.0.1.bin'])
  const boots = csms.heard.filter(({ action }) => action === 'BootNotification')
  expect(boots.map(({ payload }) => payload['firmwareVersion'])).toEqual(['1.0.0', '2.0.1'])
}
