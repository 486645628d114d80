import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Serve } from '../helpers/serve.ts'

export type Payload = Record<string, unknown>
type Frame = readonly [type: number, id: string, action: string, payload: Payload]

/** A station of an independent implementation: it booted, and does what it is told. */
export type ConnectPeer = (url: string, identity: string) => Promise<AsyncDisposable>

const id = 'PEER'
const accepted = { status: 'answered', payload: { status: 'Accepted' } }
const ofStation = (part: string) => `/api/v1/stations/${id}/${part}`

/** The payload of a CALL of the station, once `csms serve` has answered it. */
export async function answered(
  { child }: Serve,
  action: string,
  matches: (payload: Payload) => boolean = () => true,
): Promise<Payload> {
  let call: Frame | undefined
  await child.until((line) => {
    const frame = frameOf(line, 'in')
    if (frame?.[0] !== 2 || frame[2] !== action || !matches(frame[3])) return false
    call = frame
    return true
  }, action)
  const messageId = call?.[1]
  await child.until((line) => {
    const frame = frameOf(line, 'out')
    return frame?.[0] === 3 && frame[1] === messageId
  }, `an answer to ${action}`)
  return call?.[3] ?? {}
}

function frameOf(line: Payload, direction: 'in' | 'out'): Frame | undefined {
  if (line['type'] !== 'frame' || line['direction'] !== direction) return undefined
  return JSON.parse(String(line['text'])) as Frame
}

/** The statuses that the station told, in order. */
export function statusesOf(serve: Serve, action: string): readonly unknown[] {
  return serve.child.lines.flatMap((line) => {
    const frame = frameOf(line, 'in')
    return frame?.[0] === 2 && frame[2] === action ? [frame[3]['status']] : []
  })
}

export const findings = ({ child }: Serve) => child.lines.filter(({ type }) => type === 'finding')

/** MeterValues that say: this power, this register. */
const metered = (watts: number, registerWh: number) => (payload: Payload) => {
  const text = JSON.stringify(payload)
  return text.includes(`"value":"${watts}"`) && text.includes(`"value":"${registerWh}"`)
}

const profile = (
  chargingProfileId: number,
  chargingProfilePurpose: string,
  limits: readonly (readonly [startPeriod: number, limit: number])[],
  transactionId?: unknown,
) => ({
  chargingProfileId,
  ...(transactionId !== undefined && { transactionId }),
  stackLevel: 0,
  chargingProfilePurpose,
  chargingProfileKind: 'Relative',
  chargingSchedule: {
    chargingRateUnit: 'W',
    chargingSchedulePeriod: limits.map(([startPeriod, limit]) => ({ startPeriod, limit })),
  },
})

/** `csms serve` limits a peer before and while it charges; everything it must know afterwards it knows. */
export async function smartChargingSession(connect: ConnectPeer): Promise<void> {
  await using serve = await Serve.start('--frames')
  await using _peer = await connect(serve.url, id)
  const set = (connectorId: number, csChargingProfiles: object) =>
    serve.command(id, 'SetChargingProfile', { connectorId, csChargingProfiles })
  const known = async () => {
    const profiles = await serve.get<{ profile: Payload }[]>(ofStation('charging-profiles'))
    return profiles.map((one) => one.profile['chargingProfileId'])
  }

  expect(await set(0, profile(1, 'TxDefaultProfile', [[0, 4200]]))).toEqual(accepted)
  const nobodyCharges = { status: 'answered', payload: { status: 'Rejected' } }
  expect(await set(1, profile(2, 'TxProfile', [[0, 9000]], 1))).toEqual(nobodyCharges)
  expect(await known()).toEqual([1])

  const start = { idTag: 'DRIVER1', connectorId: 1 }
  expect(await serve.command(id, 'RemoteStartTransaction', start)).toEqual(accepted)
  const { transactionId } = await answered(serve, 'MeterValues', metered(4200, 2050))

  const higher = [
    [0, 9000],
    [1800, 6000],
  ] as const
  expect(await set(1, profile(2, 'TxProfile', higher, transactionId))).toEqual(accepted)
  await answered(serve, 'MeterValues', metered(9000, 4300))
  expect(await known()).toEqual([1, 2])
  const question = { connectorId: 1, duration: 3600, chargingRateUnit: 'W' }
  expect(await serve.command(id, 'GetCompositeSchedule', question)).toMatchObject({
    status: 'answered',
    payload: {
      status: 'Accepted',
      chargingSchedule: {
        chargingSchedulePeriod: [
          { startPeriod: 0, limit: 9000 },
          { startPeriod: 1800, limit: 6000 },
        ],
      },
    },
  })
  // What the station says is what the management system works out from what it accepted.
  expect(
    await serve.get(ofStation('composite-schedule?connectorId=1&duration=3600&unit=W')),
  ).toMatchObject({ chargingSchedulePeriod: [{ limit: 9000 }, { limit: 6000 }] })

  expect(await serve.command(id, 'ClearChargingProfile', { id: 2 })).toEqual(accepted)
  await answered(serve, 'MeterValues', metered(4200, 5350))
  expect(await known()).toEqual([1])
  expect(await serve.command(id, 'ClearChargingProfile', { id: 2 })).toMatchObject({
    payload: { status: 'Unknown' },
  })
  expect(JSON.stringify(await serve.get(ofStation('meter-values')))).toContain('"5350"')

  expect(await serve.command(id, 'RemoteStopTransaction', { transactionId })).toEqual(accepted)
  await answered(serve, 'StopTransaction')
  expect(await serve.get('/api/v1/transactions')).toMatchObject([
    {
      stationId: id,
      transactionId,
      idToken: 'DRIVER1',
      meterStartWh: 1000,
      // A quarter of an hour each with 4.2, 9 and 4.2 kW.
      energyWh: 4350,
      stopReason: 'Remote',
    },
  ])
  expect(await serve.command(id, 'ClearChargingProfile', {})).toEqual(accepted)
  expect(await known()).toEqual([])
  expect(findings(serve)).toEqual([])
}

/** `csms serve` offers firmware, a peer fetches it, installs it and brings its diagnostics. */
export async function firmwareSession(connect: ConnectPeer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'csms-interop-'))
  try {
    const image = Buffer.alloc(300_000, 'firmware')
    await writeFile(join(folder, 'fw-2.0.1.bin'), image)
    await using serve = await Serve.start('--frames', '--files', folder)
    await using _peer = await connect(serve.url, id)
    const update = (name: string) =>
      serve.command(id, 'UpdateFirmware', {
        location: `${serve.api}/files/${name}`,
        retrieveDate: '2020-01-01T00:00:00Z',
      })
    const told = (action: string, status: string) =>
      answered(serve, action, (payload) => payload['status'] === status)
    const version = async () =>
      (await serve.get<Payload>(`/api/v1/stations/${id}`))['firmwareVersion']

    const done = { status: 'answered', payload: {} }
    expect(await update('nothing-3.0.0.bin')).toEqual(done)
    await told('FirmwareStatusNotification', 'DownloadFailed')
    expect(await serve.get(ofStation('firmware'))).toMatchObject({ status: 'DownloadFailed' })
    expect(await version()).toBe('1.0.0')

    expect(await update('fw-2.0.1.bin')).toEqual(done)
    await told('FirmwareStatusNotification', 'Installed')
    const progress = ['Downloading', 'Downloaded', 'Installing', 'Installed']
    expect(statusesOf(serve, 'FirmwareStatusNotification')).toEqual([
      'Downloading',
      'DownloadFailed',
      ...progress,
    ])
    expect(await serve.get(ofStation('firmware'))).toMatchObject({
      status: 'Installed',
      progress: progress.map((status) => ({ status })),
    })
    expect(await version()).toBe('2.0.1')

    const location = `${serve.api}/files/uploads/`
    const fileName = `${id}.log`
    expect(await serve.command(id, 'GetDiagnostics', { location })).toEqual({
      status: 'answered',
      payload: { fileName },
    })
    await told('DiagnosticsStatusNotification', 'Uploaded')
    expect(statusesOf(serve, 'DiagnosticsStatusNotification')).toEqual(['Uploading', 'Uploaded'])
    // Every byte of the image arrived, and what the station says of it came back.
    const sha256 = createHash('sha256').update(image).digest('hex')
    expect(await readFile(join(folder, 'uploads', fileName), 'utf8')).toBe(
      `station ${id} runs 2.0.1, image ${sha256}\n`,
    )
    expect(await serve.get(ofStation('logs'))).toMatchObject([
      { type: 'Diagnostics', fileName, status: 'Uploaded' },
    ])
    expect(findings(serve)).toEqual([])
  } finally {
    await rm(folder, { recursive: true })
  }
}
