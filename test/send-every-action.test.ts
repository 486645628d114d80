import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ConnectedStation, connectStation } from '../src/harness/connect-station.ts'
import { actions16 } from '../src/ocpp/v16/actions.ts'
import { dialStation } from './helpers/bare-station.ts'
import { type CliOptions, type CliResult, root, runCli } from './helpers/cli.ts'
import { LabPki } from './helpers/lab-pki.ts'
import { Serve } from './helpers/serve.ts'

type Answer = Record<string, unknown>

const image = 'fw-2.0.1.bin'
/** As `csms send` says it: one that has taken place. */
const accepted = { status: 'Accepted' }

let folder: string
let pki: LabPki
let serve: Serve
const stations: ConnectedStation[] = []
const sent = new Set<string>()
/** By the table of the specification: what a CSMS may send. */
const ofCsms = Object.entries(actions16).flatMap(([action, { from }]) =>
  from === 'station' ? [] : [action],
)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-send-'))
  pki = await LabPki.make()
  await mkdir(join(folder, 'files'))
  await writeFile(join(folder, 'files', image), Buffer.alloc(50_000, 1))
  serve = await Serve.start('--files', join(folder, 'files'), '--ca', pki.folder)
})

afterAll(async () => {
  for (const station of stations) station.close()
  await serve[Symbol.asyncDispose]()
  await pki[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const socket = { connectors: ['sType2'] }

async function connect(id: string, station: object = {}): Promise<ConnectedStation> {
  const connected = await connectStation(serve.url, {
    id,
    token: 'DRIVER1',
    speed: 20,
    station: { vendor: 'Acme', evses: [socket, socket], ...station },
  })
  stations.push(connected)
  return connected
}

function sending(args: readonly string[], options?: CliOptions): Promise<CliResult> {
  return runCli(['send', '--api', serve.api, ...args], options)
}

/** `csms send` as somebody types it. What it prints is the answer, one JSON object, and no more. */
async function send(id: string, action: string, payload?: object): Promise<Answer> {
  const run = await sending([id, action, ...(payload ? [JSON.stringify(payload)] : [])])
  expect({ action, ...run }).toMatchObject({ code: 0, stderr: '' })
  sent.add(action)
  return JSON.parse(run.stdout) as Answer
}

/** What the CALL brought about is seen in the operator's API, sooner or later. */
async function seen(path: string, what: object): Promise<void> {
  await expect.poll(() => serve.get(`/api/v1/${path}`)).toMatchObject(what)
}

const limit = (watts: number) => ({
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: {
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [{ startPeriod: 0, limit: watts }],
  },
})

async function chargeWithin(id: string): Promise<void> {
  const { actor } = await connect(id)
  await actor.plugIn(
    { evse: 1, connector: 1 },
    { batteryWh: 60_000, soc: 0.2, maxPowerW: 11_000, phases: 3, taperFrom: 0.8 },
  )
  const start = { idTag: 'DRIVER1', connectorId: 1 }
  expect(await send(id, 'RemoteStartTransaction', start)).toEqual(accepted)
  await seen(`transactions?stationId=${id}`, [{ idToken: 'DRIVER1', connectorId: 1 }])

  const profile = { connectorId: 0, csChargingProfiles: limit(4200) }
  expect(await send(id, 'SetChargingProfile', profile)).toEqual(accepted)
  await seen(`stations/${id}/charging-profiles`, [{ profile: { chargingProfileId: 1 } }])
  const question = { connectorId: 1, duration: 60, chargingRateUnit: 'W' }
  expect(await send(id, 'GetCompositeSchedule', question)).toMatchObject({
    ...accepted,
    chargingSchedule: { chargingSchedulePeriod: [{ startPeriod: 0, limit: 4200 }] },
  })
  expect(await send(id, 'ClearChargingProfile', { id: 1 })).toEqual(accepted)
  expect(await serve.get(`/api/v1/stations/${id}/charging-profiles`)).toEqual([])

  const trigger = { requestedMessage: 'MeterValues', connectorId: 1 }
  expect(await send(id, 'TriggerMessage', trigger)).toEqual(accepted)
  await seen(`stations/${id}/meter-values`, [{ connectorId: 1 }])

  const [open] = await serve.get<Answer[]>(`/api/v1/transactions?stationId=${id}`)
  const { transactionId } = open ?? {}
  expect(await send(id, 'RemoteStopTransaction', { transactionId })).toEqual(accepted)
  await seen(`transactions?stationId=${id}`, [{ transactionId, stopReason: 'Remote' }])
  expect(await send(id, 'UnlockConnector', { connectorId: 1 })).toEqual({ status: 'Unlocked' })
}

async function orderAbout(id: string): Promise<void> {
  await connect(id)
  const change = { key: 'HeartbeatInterval', value: '77' }
  expect(await send(id, 'ChangeConfiguration', change)).toEqual(accepted)
  expect(await send(id, 'GetConfiguration', { key: ['HeartbeatInterval', 'Nope'] })).toEqual({
    configurationKey: [{ ...change, readonly: false }],
    unknownKey: ['Nope'],
  })
  await seen(`stations/${id}/configuration`, { HeartbeatInterval: { value: '77' } })

  const list = [{ idTag: 'DRIVER1', idTagInfo: accepted }]
  const full = { listVersion: 3, updateType: 'Full', localAuthorizationList: list }
  expect(await send(id, 'SendLocalList', full)).toEqual(accepted)
  expect(await send(id, 'GetLocalListVersion')).toEqual({ listVersion: 3 })
  await seen(`stations/${id}/local-list`, { version: 3, entries: [{ idToken: 'DRIVER1' }] })
  expect(await send(id, 'ClearCache')).toEqual(accepted)

  const connector = `stations/${id}/connectors?connectorId=2`
  const reservation = { connectorId: 2, expiryDate: '2099-01-01T00:00:00Z', idTag: 'DRIVER1' }
  expect(await send(id, 'ReserveNow', { ...reservation, reservationId: 7 })).toEqual(accepted)
  await seen(connector, [{ status: 'Reserved' }])
  expect(await send(id, 'CancelReservation', { reservationId: 7 })).toEqual(accepted)
  await seen(connector, [{ status: 'Available' }])
  await seen(`stations/${id}/reservations`, [{ reservationId: 7, state: 'Cancelled' }])
  const inoperative = { connectorId: 2, type: 'Inoperative' }
  expect(await send(id, 'ChangeAvailability', inoperative)).toEqual(accepted)
  await seen(connector, [{ status: 'Unavailable' }])

  const text = { vendorId: 'Acme', messageId: 'DisplayText', data: 'Good morning' }
  expect(await send(id, 'DataTransfer', text)).toMatchObject(accepted)
  await seen(`stations/${id}/data-transfers`, [
    { from: 'csms', ...accepted, data: '12 characters' },
  ])

  expect(await send(id, 'Reset', { type: 'Soft' })).toEqual(accepted)
  const boots = () =>
    serve.child.lines.filter(({ type, stationId }) => type === 'booted' && stationId === id)
  await expect.poll(() => boots().length).toBe(2)
}

async function fetchAndBring(id: string): Promise<void> {
  await connect(id, {
    configuration: { CpoName: 'Lab' },
    firmware: { version: '1.0.0', download: '1s', install: '1s', upload: '1s' },
  })
  const files = `${serve.api}/files`
  const upload = { location: `${files}/uploads/` }
  const { fileName } = await send(id, 'GetDiagnostics', upload)
  await seen(`stations/${id}/logs`, [{ type: 'Diagnostics', fileName, status: 'Uploaded' }])
  expect(await readFile(join(folder, 'files/uploads', String(fileName)), 'utf8')).toContain(id)
  const log = { requestId: 4, logType: 'DiagnosticsLog', log: { remoteLocation: upload.location } }
  expect(await send(id, 'GetLog', log)).toMatchObject(accepted)
  await seen(`stations/${id}/logs`, [{}, { requestId: 4, status: 'Uploaded' }])

  const install = async (certificateType: string, file: string) =>
    send(id, 'InstallCertificate', { certificateType, certificate: await pki.text(file) })
  const manufacturer = 'ManufacturerRootCertificate'
  expect(await install(manufacturer, 'firmware/root.pem')).toEqual(accepted)
  expect(await install('CentralSystemRootCertificate', 'trust.pem')).toEqual(accepted)
  const roots = await send(id, 'GetInstalledCertificateIds', { certificateType: manufacturer })
  expect(roots).toMatchObject({ ...accepted, certificateHashData: [{ hashAlgorithm: 'SHA256' }] })

  const sign = { requestedMessage: 'SignChargePointCertificate' }
  expect(await send(id, 'ExtendedTriggerMessage', sign)).toEqual(accepted)
  await seen(`stations/${id}/certificates`, { signed: [{ commonName: id, state: 'Installed' }] })
  // The CA of serve sent that one by itself; nobody asked for a second.
  const nonsense = { certificateChain: 'nonsense' }
  expect(await send(id, 'CertificateSigned', nonsense)).toEqual({ status: 'Rejected' })
  await seen(`stations/${id}/security-events`, [{ type: 'InvalidChargePointCertificate' }])

  const location = `${files}/${image}`
  const retrieve = '2020-01-01T00:00:00Z'
  const proof = await runCli(['certs', 'sign', pki.folder, join(folder, 'files', image)])
  const firmware = { location, retrieveDateTime: retrieve, ...JSON.parse(proof.stdout) }
  expect(await send(id, 'SignedUpdateFirmware', { requestId: 5, firmware })).toEqual(accepted)
  await seen(`stations/${id}/firmware`, { requestId: 5, signed: true, status: 'Installed' })
  await seen(`stations/${id}`, { firmwareVersion: '2.0.1' })

  const [certificateHashData] = roots['certificateHashData'] as readonly object[]
  expect(await send(id, 'DeleteCertificate', { certificateHashData })).toEqual(accepted)
  // Without that root it takes what nobody signed again.
  expect(await send(id, 'UpdateFirmware', { location, retrieveDate: retrieve })).toEqual({})
  await seen(`stations/${id}/firmware`, { signed: false, status: 'Installed' })
  const known = await serve.get<{ roots: object[] }>(`/api/v1/stations/${id}/certificates`)
  expect(known.roots).toMatchObject([{ certificateType: 'CentralSystemRootCertificate' }])
}

describe('csms send, from the shell', () => {
  test('every action of 1.6 that a CSMS sends is answered, and has its effect', async () => {
    // Side by side: most of the time goes into starting `csms send`.
    await Promise.all([chargeWithin('CP1'), orderAbout('CP2'), fetchAndBring('CP3')])
    expect([...sent].sort()).toEqual([...ofCsms].sort())
    expect(ofCsms).toHaveLength(26)
    for (const station of stations) expect(station.violations()).toEqual({})
    expect(serve.child.lines.filter(({ type }) => type === 'finding')).toEqual([])
  }, 180_000)

  test('the guide shows every one of them, and a station answers each as it stands there', async () => {
    const page = await readFile(join(root, 'docs/guide/test-a-charger.md'), 'utf8')
    const [, block = ''] = /^Every action that a CSMS sends.*?^```sh\n(.*?)^```/ms.exec(page) ?? []
    const shown = [...block.matchAll(/csms send CP1 (\w+)(?: '(.*?)')?(?= -$| \||$)/gm)]
    expect(new Set(shown.map(([, action]) => action))).toEqual(new Set(ofCsms))
    await connect('GUIDE')
    for (const [line, action = '', payload = '{}'] of shown) {
      const json = JSON.parse(payload.replaceAll('http://127.0.0.1:9000', serve.api)) as object
      // What another program makes is made by the test above.
      if (block.includes(`${line} -`)) continue
      expect(await serve.command('GUIDE', action, json), line).toMatchObject({ status: 'answered' })
    }
  })

  test('the payload comes from a file or from standard input, too', async () => {
    await connect('PIPED')
    await writeFile(join(folder, 'reset.json'), '{"key": ["HeartbeatInterval"]}')
    const [file, stdin] = await Promise.all([
      sending(['PIPED', 'GetConfiguration', '@reset.json'], { cwd: folder }),
      sending(['PIPED', 'GetConfiguration', '-'], { stdin: '{"key": ["NoSuchKey"]}' }),
    ])
    expect(file).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(file.stdout)).toMatchObject({
      configurationKey: [{ key: 'HeartbeatInterval' }],
    })
    expect(JSON.parse(stdin.stdout)).toMatchObject({ unknownKey: ['NoSuchKey'] })
  })

  test('a CALLERROR is printed and exits 3', async () => {
    await connect('REFUSES')
    const payload = { connectorId: 9, csChargingProfiles: limit(4200) }
    const run = await sending(['REFUSES', 'SetChargingProfile', JSON.stringify(payload)])
    expect(run.code).toBe(3)
    expect(JSON.parse(run.stdout)).toEqual({
      code: 'PropertyConstraintViolation',
      description: 'There is no connector 9',
      details: {},
    })
    expect(run.stderr).toBe(
      'The station answered with the CALLERROR PropertyConstraintViolation.\n',
    )
  })

  test('what could never be sent exits 2, says why, and reaches no station', async () => {
    await connect('SPARED')
    const runs = await Promise.all([
      sending(['SPARED', 'UnlockConector', '{"connectorId": 1}']),
      sending(['SPARED', 'Heartbeat']),
      sending(['SPARED', 'UnlockConnector', '{"connectorId": "one"}']),
      sending(['SPARED', 'Reset', '{type: Soft}']),
    ])
    expect(runs).toMatchObject(runs.map(() => ({ code: 2, stdout: '' })))
    expect(runs.map(({ stderr }) => stderr)).toEqual([
      'ocpp1.6 has no action "UnlockConector". Did you mean "UnlockConnector"?\n',
      'Heartbeat is sent by stations only.\n',
      '/connectorId must be integer\n',
      expect.stringMatching(/not JSON/),
    ])
    const ofStation = serve.child.lines.filter((line) => line['stationId'] === 'SPARED')
    expect(ofStation.filter(({ type }) => type === 'command')).toEqual([])
  })

  test('a station that is away, unknown or silent, and no csms at all, exit 4', async () => {
    const away = await connect('AWAY')
    away.close()
    await serve.child.until(
      (line) => line['type'] === 'disconnected' && line['stationId'] === 'AWAY',
      'that it left',
    )
    const silent = await dialStation(`${serve.url}/SILENT`, 'ocpp1.6')
    await silent.boot('ocpp1.6')
    const runs = await Promise.all([
      sending(['AWAY', 'ClearCache']),
      sending(['NOBODY', 'ClearCache']),
      sending(['SILENT', 'ClearCache', '--wait', '200ms']),
      runCli(['send', 'AWAY', 'ClearCache', '--api', 'http://127.0.0.1:1']),
    ])
    silent.socket.terminate()
    expect(runs).toMatchObject(runs.map(() => ({ code: 4, stdout: '' })))
    expect(runs.map(({ stderr }) => stderr)).toEqual([
      'AWAY is not connected.\n',
      expect.stringContaining('There is no station NOBODY'),
      'SILENT did not answer ClearCache in time.\n',
      expect.stringContaining('No csms answers at http://127.0.0.1:1'),
    ])
  })
})
