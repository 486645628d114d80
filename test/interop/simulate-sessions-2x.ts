import { expect } from 'vitest'
import { FileHost } from '../helpers/file-host.ts'
import type { Heard, PeerCsms } from './peer-csms.ts'
import { played } from './simulate-sessions.ts'

type Protocol = 'ocpp2.0.1' | 'ocpp2.1'

type Sample = { readonly value: number; readonly measurand?: string }

type TransactionEvent = {
  readonly eventType: string
  readonly triggerReason: string
  readonly seqNo: number
  readonly timestamp: string
  readonly idToken?: { readonly idToken: string }
  readonly meterValue?: readonly { readonly sampledValue: readonly Sample[] }[]
  readonly transactionInfo: {
    readonly transactionId: string
    readonly chargingState?: string
    readonly remoteStartId?: number
    readonly stoppedReason?: string
  }
}

type Report = {
  readonly requestId: number
  readonly seqNo: number
  readonly tbc?: boolean
  readonly reportData: readonly {
    readonly component: { readonly name: string }
    readonly variable: { readonly name: string }
    readonly variableAttribute: readonly { readonly value?: string }[]
  }[]
}

const accepted = { status: 'Accepted' }
const energy = 'Energy.Active.Import.Register'

function heardOf<T>(csms: PeerCsms, action: string): readonly T[] {
  return csms.heard.filter((heard) => heard.action === action).map(({ payload }) => payload as T)
}

/** The station is accepted and stands there. */
export const ready = (csms: PeerCsms) =>
  csms.until(
    ({ action, payload }) => action === 'StatusNotification' && payload['evseId'] === 1,
    'ready',
  )

function sampled(heard: Heard, measurand: string): number | undefined {
  if (heard.action !== 'TransactionEvent') return undefined
  const sample = (heard.payload as TransactionEvent).meterValue
    ?.flatMap((one) => one.sampledValue)
    .findLast((one) => (one.measurand ?? energy) === measurand)
  return sample && Math.round(sample.value)
}

const watts = (heard: Heard) => sampled(heard, 'Power.Active.Import')

const profile = (id: number, purpose: string, limit: number, transactionId?: string) => ({
  id,
  ...(transactionId !== undefined && { transactionId }),
  stackLevel: 0,
  chargingProfilePurpose: purpose,
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    { id, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
  ],
})

/** A peer starts one of our stations from a distance, limits it while it charges, and stops it. */
export async function chargingSession(csms: PeerCsms, protocol: Protocol): Promise<void> {
  const set = (evseId: number, chargingProfile: object) =>
    csms.call('SetChargingProfile', { evseId, chargingProfile })
  const draws = (power: number, after = 0) =>
    csms.until(
      (heard) => watts(heard) === power && csms.heard.indexOf(heard) >= after,
      `${power} W`,
    )
  const part = async () => {
    await ready(csms)
    await csms.until(({ payload }) => payload['connectorStatus'] === 'Occupied', 'plugged in')
    expect(await set(0, profile(1, 'TxDefaultProfile', 4200))).toEqual(accepted)
    const idToken = { idToken: 'DRIVER1', type: 'ISO14443' }
    const start = { idToken, remoteStartId: 77, evseId: 1 }
    expect(await csms.call('RequestStartTransaction', start)).toMatchObject(accepted)
    await csms.until((heard) => heard.action === 'Authorize' && isOfDriver(heard), 'Authorize')
    const { transactionInfo } = (await draws(4200)).payload as TransactionEvent
    const { transactionId } = transactionInfo
    expect(await csms.call('RequestStartTransaction', start)).toMatchObject({ status: 'Rejected' })

    expect(await set(1, profile(2, 'TxProfile', 9000, transactionId))).toEqual(accepted)
    await draws(9000)
    const question = { evseId: 1, duration: 60, chargingRateUnit: 'W' }
    expect(await csms.call('GetCompositeSchedule', question)).toMatchObject({
      ...accepted,
      schedule: { evseId: 1, chargingSchedulePeriod: [{ startPeriod: 0, limit: 9000 }] },
    })
    const ofAnother = profile(3, 'TxProfile', 1000, 'another')
    expect(await set(1, ofAnother)).toMatchObject({ status: 'Rejected' })
    const all = { requestId: 5, chargingProfile: { chargingProfilePurpose: 'TxProfile' } }
    expect(await csms.call('GetChargingProfiles', all)).toEqual(accepted)
    const told = await csms.until(({ action }) => action === 'ReportChargingProfiles', 'a report')
    expect(told.payload).toMatchObject({
      requestId: 5,
      evseId: 1,
      chargingProfile: [{ id: 2, transactionId }],
    })
    expect(await csms.call('GetTransactionStatus', { transactionId })).toMatchObject({
      ongoingIndicator: true,
    })

    expect(await set(1, profile(2, 'TxProfile', 0, transactionId))).toEqual(accepted)
    await csms.until(isSuspended, 'SuspendedEVSE')
    const paused = csms.heard.length
    expect(await csms.call('ClearChargingProfile', { chargingProfileId: 2 })).toEqual(accepted)
    expect(await csms.call('ClearChargingProfile', { chargingProfileId: 2 })).toEqual({
      status: 'Unknown',
    })
    await draws(4200, paused)
    expect(await csms.call('RequestStopTransaction', { transactionId })).toEqual(accepted)
    const ended = await csms.until(({ payload }) => payload['eventType'] === 'Ended', 'the end')
    expect(ended.payload).toMatchObject({
      triggerReason: 'RemoteStop',
      transactionInfo: { transactionId, stoppedReason: 'Remote' },
    })
  }
  await played(csms, 'limited-2x.yaml', part, '--protocol', protocol)
  expectOneTransaction(csms)
}

const isOfDriver = ({ payload }: Heard) =>
  (payload as TransactionEvent).idToken?.idToken === 'DRIVER1'

const isSuspended = ({ action, payload }: Heard) =>
  action === 'TransactionEvent' &&
  (payload as TransactionEvent).transactionInfo.chargingState === 'SuspendedEVSE'

/** What was told of it fits together: its order, who charged, which limits held, the energy. */
function expectOneTransaction(csms: PeerCsms): void {
  const events = heardOf<TransactionEvent>(csms, 'TransactionEvent')
  expect(events.map(({ seqNo }) => seqNo)).toEqual(events.map((_, i) => i))
  expect(new Set(events.map((event) => event.transactionInfo.transactionId)).size).toBe(1)
  const remote = events.filter(({ triggerReason }) => triggerReason === 'RemoteStart')
  expect(remote).toMatchObject([
    { idToken: { idToken: 'DRIVER1' }, transactionInfo: { remoteStartId: 77 } },
  ])
  const heard = csms.heard.filter((one) => one.action === 'TransactionEvent')
  const powers = heard.flatMap((one) => watts(one) ?? [])
  const held = powers.filter((power, i) => power !== powers[i - 1])
  expect(held.filter((power) => power > 0)).toEqual([4200, 9000, 4200])

  const registers = heard.flatMap((one) => sampled(one, energy) ?? [])
  expect(registers).toEqual(registers.toSorted((a, b) => a - b))
  const [first, last] = [events[0], events.at(-1)]
  const hours = (Date.parse(last?.timestamp ?? '') - Date.parse(first?.timestamp ?? '')) / 3_600_000
  const energyWh = (registers.at(-1) ?? 0) - (registers[0] ?? 0)
  expect(energyWh).toBeGreaterThan(0)
  expect(energyWh).toBeLessThan(9000 * hours)
}

const attribute = (component: string, variable: string, attributeValue?: string) => ({
  component: { name: component },
  variable: { name: variable },
  ...(attributeValue !== undefined && { attributeValue }),
})

/** A peer reads what one of our stations is, changes it, updates its firmware and gets its log. */
export async function maintenanceSession(csms: PeerCsms, protocol: Protocol): Promise<void> {
  await using files = await FileHost.start({ '/fw-2.0.1.bin': Buffer.alloc(300_000, 'firmware') })
  const part = async () => {
    await ready(csms)
    await readsAndSets(csms)
    await updates(csms, files)
    await getsLog(csms, files)
    expect(await csms.call('TriggerMessage', { requestedMessage: 'Heartbeat' })).toEqual(accepted)
  }
  await played(csms, 'maintained-2x.yaml', part, '--protocol', protocol)
  const firmware = heardOf<{ status: string; requestId: number }>(
    csms,
    'FirmwareStatusNotification',
  )
  expect(firmware.map(({ status, requestId }) => `${requestId} ${status}`)).toEqual([
    '10 Downloading',
    '10 DownloadFailed',
    ...['Downloading', 'Downloaded', 'Installing', 'InstallRebooting', 'Installed'].map(
      (status) => `11 ${status}`,
    ),
  ])
  const log = heardOf<{ status: string; requestId: number }>(csms, 'LogStatusNotification')
  expect(log).toMatchObject([
    { status: 'Uploading', requestId: 12 },
    { status: 'Uploaded', requestId: 12 },
  ])
  expect(heardOf(csms, 'BootNotification')).toMatchObject([
    { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', firmwareVersion: '1.0.0' } },
    { reason: 'FirmwareUpdate', chargingStation: { firmwareVersion: '2.0.1' } },
  ])
}

async function readsAndSets(csms: PeerCsms): Promise<void> {
  const base = { requestId: 1, reportBase: 'FullInventory' }
  expect(await csms.call('GetBaseReport', base)).toEqual(accepted)
  await csms.until(({ action, payload }) => {
    return action === 'NotifyReport' && payload['tbc'] !== true
  }, 'the last part of the report')
  const parts = heardOf<Report>(csms, 'NotifyReport')
  expect(parts.map(({ requestId, seqNo }) => [requestId, seqNo])).toEqual(
    parts.map((_, i) => [1, i]),
  )
  const rows = parts.flatMap(({ reportData }) => reportData)
  expect(rows.length).toBeGreaterThan(100)
  const heartbeats = rows.find(({ variable }) => variable.name === 'HeartbeatInterval')
  expect(heartbeats?.variableAttribute[0]?.value).toBe('300')

  const setVariableData = [
    attribute('OCPPCommCtrlr', 'HeartbeatInterval', '1234'),
    attribute('ChargingStation', 'Model', 'Other'),
    attribute('Kettle', 'Temperature', '99'),
    attribute('OCPPCommCtrlr', 'Temperature', '99'),
  ]
  expect(await csms.call('SetVariables', { setVariableData })).toMatchObject({
    setVariableResult: [
      { attributeStatus: 'Accepted' },
      { attributeStatus: 'Rejected' },
      { attributeStatus: 'UnknownComponent' },
      { attributeStatus: 'UnknownVariable' },
    ],
  })
  const getVariableData = [
    attribute('OCPPCommCtrlr', 'HeartbeatInterval'),
    attribute('ChargingStation', 'Model'),
    attribute('Kettle', 'Temperature'),
  ]
  expect(await csms.call('GetVariables', { getVariableData })).toMatchObject({
    getVariableResult: [
      { attributeStatus: 'Accepted', attributeValue: '1234' },
      { attributeStatus: 'Accepted', attributeValue: 'AC22' },
      { attributeStatus: 'UnknownComponent' },
    ],
  })
}

const firmwareTold = (csms: PeerCsms, wanted: string) =>
  csms.until(
    ({ action, payload }) =>
      action === 'FirmwareStatusNotification' && payload['status'] === wanted,
    wanted,
  )

async function updates(csms: PeerCsms, files: FileHost): Promise<void> {
  const update = (requestId: number, name: string) =>
    csms.call('UpdateFirmware', {
      requestId,
      retries: 0,
      firmware: { location: `${files.url}/${name}`, retrieveDateTime: '2020-01-01T00:00:00Z' },
    })
  expect(await update(10, 'nothing-3.0.0.bin')).toEqual(accepted)
  await firmwareTold(csms, 'DownloadFailed')
  expect(await update(11, 'fw-2.0.1.bin')).toEqual(accepted)
  await firmwareTold(csms, 'Installed')
  expect(files.fetched).toEqual(['/nothing-3.0.0.bin', '/fw-2.0.1.bin'])
}

async function getsLog(csms: PeerCsms, files: FileHost): Promise<void> {
  const answer = await csms.call('GetLog', {
    requestId: 12,
    logType: 'DiagnosticsLog',
    log: { remoteLocation: `${files.url}/uploads/` },
  })
  expect(answer).toMatchObject(accepted)
  await csms.until(({ payload }) => payload['status'] === 'Uploaded', 'Uploaded')
  const content = files.uploads.get(`/uploads/${String(answer['filename'])}`)
  expect(content).toContain('PEER-1')
  expect(content).toContain('2.0.1')
}
