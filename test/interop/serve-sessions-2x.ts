import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Serve } from '../helpers/serve.ts'
import { answered, type ConnectPeer, findings, type Payload, statusesOf } from './serve-sessions.ts'

const id = 'PEER'
const answer = (payload: object) => ({ status: 'answered', payload })
const accepted = answer({ status: 'Accepted' })
const ofStation = (part: string) => `/api/v1/stations/${id}/${part}`

/** A TransactionEvent that says: this power, this register. */
const metered = (watts: number, registerWh: number) => (payload: Payload) => {
  const text = JSON.stringify(payload)
  const says = (value: number) => new RegExp(`"value":${value}(\\.0)?[,}]`).test(text)
  return says(watts) && says(registerWh)
}

const profile = (
  profileId: number,
  chargingProfilePurpose: string,
  limits: readonly (readonly [startPeriod: number, limit: number])[],
  transactionId?: unknown,
) => ({
  id: profileId,
  ...(transactionId !== undefined && { transactionId }),
  stackLevel: 0,
  chargingProfilePurpose,
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    {
      id: profileId,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: limits.map(([startPeriod, limit]) => ({ startPeriod, limit })),
    },
  ],
})

/** What a peer is known to do wrong. */
export interface Peculiarities {
  /** What its schedule has wrong by the official schema: `csms serve` must tell so. */
  readonly wrong?: readonly string[]
}

/** `csms serve` starts a peer, limits it, stops it; everything it must know afterwards it knows. */
export async function chargingSession(
  connect: ConnectPeer,
  { wrong = [] }: Peculiarities = {},
): Promise<void> {
  await using serve = await Serve.start('--frames')
  await using _peer = await connect(serve.url, id)
  const set = (evseId: number, chargingProfile: object) =>
    serve.command(id, 'SetChargingProfile', { evseId, chargingProfile })
  const known = async () => {
    const profiles = await serve.get<{ profile: Payload }[]>(ofStation('charging-profiles'))
    return profiles.map((one) => Number(one.profile['id'])).toSorted((a, b) => a - b)
  }

  expect(await set(0, profile(1, 'TxDefaultProfile', [[0, 4200]]))).toEqual(accepted)
  expect(await set(1, profile(2, 'TxProfile', [[0, 9000]], 'nobodys'))).toMatchObject({
    payload: { status: 'Rejected' },
  })
  expect(await known()).toEqual([1])

  const idToken = { idToken: 'DRIVER1', type: 'ISO14443' }
  const start = { idToken, remoteStartId: 7, evseId: 1 }
  expect(await serve.command(id, 'RequestStartTransaction', start)).toMatchObject(accepted)
  const event = await answered(serve, 'TransactionEvent', metered(4200, 2050))
  const { transactionId } = event['transactionInfo'] as { transactionId: string }

  const higher = [
    [0, 9000],
    [1800, 6000],
  ] as const
  expect(await set(1, profile(2, 'TxProfile', higher, transactionId))).toEqual(accepted)
  await answered(serve, 'TransactionEvent', metered(9000, 4300))
  expect(await known()).toEqual([1, 2])
  const question = { evseId: 1, duration: 3600, chargingRateUnit: 'W' }
  const composite = await serve.command(id, 'GetCompositeSchedule', question)
  const chargingSchedulePeriod = higher.map(([startPeriod, limit]) => ({ startPeriod, limit }))
  expect(composite).toMatchObject(
    wrong.length > 0
      ? { error: { code: 'INVALID_ANSWER', message: expect.stringContaining(wrong[0] ?? '') } }
      : answer({ status: 'Accepted', schedule: { evseId: 1, chargingSchedulePeriod } }),
  )
  // What the station says is what the management system works out from what it accepted.
  expect(
    await serve.get(ofStation('composite-schedule?evseId=1&duration=3600&unit=W')),
  ).toMatchObject({ chargingSchedulePeriod: [{ limit: 9000 }, { limit: 6000 }] })
  const which = { requestId: 3, evseId: 1, chargingProfile: { chargingLimitSource: ['CSO'] } }
  expect(await serve.command(id, 'GetChargingProfiles', which)).toEqual(accepted)
  await answered(serve, 'ReportChargingProfiles', ({ tbc }) => tbc !== true)
  expect(await known()).toEqual([1, 2])
  expect(await serve.command(id, 'GetTransactionStatus', { transactionId })).toEqual(
    answer({ ongoingIndicator: true, messagesInQueue: false }),
  )

  const clear = { chargingProfileId: 2 }
  expect(await serve.command(id, 'ClearChargingProfile', clear)).toEqual(accepted)
  await answered(serve, 'TransactionEvent', metered(4200, 5350))
  expect(await known()).toEqual([1])
  expect(await serve.command(id, 'ClearChargingProfile', clear)).toMatchObject({
    payload: { status: 'Unknown' },
  })

  expect(await serve.command(id, 'RequestStopTransaction', { transactionId })).toEqual(accepted)
  await answered(serve, 'TransactionEvent', ({ eventType }) => eventType === 'Ended')
  expect(await serve.get('/api/v1/transactions')).toMatchObject([
    {
      stationId: id,
      transactionId,
      idToken: 'DRIVER1',
      // A quarter of an hour each with 4.2, 9 and 4.2 kW.
      energyWh: 4350,
      stopReason: 'Remote',
    },
  ])
  expect(findings(serve)).toMatchObject(
    wrong.map((text) => ({
      finding: { rule: 'RPC_RESPONSE_SCHEMA', detail: expect.stringContaining(text) },
    })),
  )
}

const attribute = (component: string, variable: string, attributeValue?: string) => ({
  component: { name: component },
  variable: { name: variable },
  ...(attributeValue !== undefined && { attributeValue }),
})

/** `csms serve` reads what a peer is, changes it, updates its firmware and gets its log. */
export async function maintenanceSession(connect: ConnectPeer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'csms-interop-'))
  try {
    await using serve = await Serve.start('--frames', '--files', folder)
    await using _peer = await connect(serve.url, id)
    await readsAndSets(serve)
    await updates(serve, folder)
    expect(findings(serve)).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function readsAndSets(serve: Serve): Promise<void> {
  const value = async (component: string, variable: string) => {
    const path = ofStation(`variables?component=${component}&variable=${variable}`)
    const rows = await serve.get<{ attributes: { Actual?: string } }[]>(path)
    return rows.map(({ attributes }) => attributes.Actual)
  }
  const base = { requestId: 1, reportBase: 'FullInventory' }
  expect(await serve.command(id, 'GetBaseReport', base)).toEqual(accepted)
  await answered(serve, 'NotifyReport', ({ tbc }) => tbc !== true)
  expect(await serve.get(ofStation('reports'))).toMatchObject({ 1: { complete: true } })
  expect(await value('OCPPCommCtrlr', 'HeartbeatInterval')).toEqual(['300'])
  expect(await value('TxCtrlr', 'TxStartPoint')).toEqual(['PowerPathClosed'])
  const summary = { requestId: 2, reportBase: 'SummaryInventory' }
  expect(await serve.command(id, 'GetBaseReport', summary)).toMatchObject({
    payload: { status: 'NotSupported' },
  })

  const setVariableData = [
    attribute('OCPPCommCtrlr', 'HeartbeatInterval', '1234'),
    attribute('TxCtrlr', 'TxStartPoint', 'Authorized'),
    attribute('Kettle', 'Temperature', '99'),
    attribute('OCPPCommCtrlr', 'Temperature', '99'),
  ]
  expect(await serve.command(id, 'SetVariables', { setVariableData })).toMatchObject({
    payload: {
      setVariableResult: [
        { attributeStatus: 'Accepted' },
        { attributeStatus: 'Rejected' },
        { attributeStatus: 'UnknownComponent' },
        { attributeStatus: 'UnknownVariable' },
      ],
    },
  })
  expect(await value('OCPPCommCtrlr', 'HeartbeatInterval')).toEqual(['1234'])
  expect(await value('TxCtrlr', 'TxStartPoint')).toEqual(['PowerPathClosed'])
  const getVariableData = [
    attribute('OCPPCommCtrlr', 'HeartbeatInterval'),
    attribute('Kettle', 'Temperature'),
  ]
  expect(await serve.command(id, 'GetVariables', { getVariableData })).toMatchObject({
    payload: {
      getVariableResult: [
        { attributeStatus: 'Accepted', attributeValue: '1234' },
        { attributeStatus: 'UnknownComponent' },
      ],
    },
  })
}

async function updates(serve: Serve, folder: string): Promise<void> {
  const image = Buffer.alloc(300_000, 'firmware')
  await writeFile(join(folder, 'fw-2.0.1.bin'), image)
  const update = (requestId: number, name: string) => {
    const location = `${serve.api}/files/${name}`
    const firmware = { location, retrieveDateTime: '2020-01-01T00:00:00Z' }
    return serve.command(id, 'UpdateFirmware', { requestId, firmware })
  }
  const told = (action: string, status: string) =>
    answered(serve, action, (payload) => payload['status'] === status)
  const version = async () =>
    (await serve.get<Payload>(`/api/v1/stations/${id}`))['firmwareVersion']

  expect(await update(10, 'nothing-3.0.0.bin')).toEqual(accepted)
  await told('FirmwareStatusNotification', 'DownloadFailed')
  expect(await version()).toBe('1.0.0')
  expect(await update(11, 'fw-2.0.1.bin')).toEqual(accepted)
  await told('FirmwareStatusNotification', 'Installed')
  const progress = ['Downloading', 'Downloaded', 'Installing', 'Installed']
  expect(statusesOf(serve, 'FirmwareStatusNotification')).toEqual([
    'Downloading',
    'DownloadFailed',
    ...progress,
  ])
  expect(await serve.get(ofStation('firmware'))).toMatchObject({
    requestId: 11,
    status: 'Installed',
    progress: progress.map((status) => ({ status })),
  })
  expect(await version()).toBe('2.0.1')

  const log = { remoteLocation: `${serve.api}/files/uploads/` }
  const filename = `${id}.log`
  expect(
    await serve.command(id, 'GetLog', { requestId: 12, logType: 'DiagnosticsLog', log }),
  ).toEqual(answer({ status: 'Accepted', filename }))
  await told('LogStatusNotification', 'Uploaded')
  expect(statusesOf(serve, 'LogStatusNotification')).toEqual(['Uploading', 'Uploaded'])
  // Every byte of the image arrived, and what the station says of it came back.
  const sha256 = createHash('sha256').update(image).digest('hex')
  expect(await readFile(join(folder, 'uploads', filename), 'utf8')).toBe(
    `station ${id} runs 2.0.1, image ${sha256}\n`,
  )
  expect(await serve.get(ofStation('logs'))).toMatchObject([
    { type: 'DiagnosticsLog', requestId: 12, fileName: filename, status: 'Uploaded' },
  ])
}
