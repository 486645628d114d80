import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../src/report/result.ts'
import { runCli } from './helpers/cli.ts'
import { Serve } from './helpers/serve.ts'

interface Certificate {
  readonly serial: string
  readonly commonName: string
  readonly station?: string
}

/** Everything is done as somebody at a shell does it, in this folder. */
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-profile-3-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Of every command; from `certs init` on it trusts the lab's root. */
const env: Record<string, string> = {}

async function csms(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, { cwd: folder, env })
  expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' })
  return stdout
}

/** What the authority issued to one station, in order. */
async function issuedTo(station: string): Promise<readonly Certificate[]> {
  const list = await csms('certs', 'list', 'pki', '--json')
  const { certificates } = JSON.parse(list) as { certificates: readonly Certificate[] }
  return certificates.filter((one) => one.station === station)
}

/** A fleet whose script is a whole session; what comes after it is given. */
async function scenario(
  name: string,
  fleet: string,
  afterwards: readonly string[] = [],
): Promise<string> {
  const text = `name: ${name}
speed: 600
fleets:
  - name: depot
${fleet}
    station:
      serial: "SN-{index:04}"
      configuration: { RetryBackOffWaitMinimum: "0", RetryBackOffRandomRange: "0" }
    script:
      - boot
      - plugIn: { battery: 60kWh, soc: 20% }
      - authorize
      - start
      - charge: { for: 5min, meterEvery: 1min }
      - stop
      - unplug
${afterwards.map((step) => `      - ${step}\n`).join('')}`
  await writeFile(join(folder, `${name}.yaml`), text)
  return `${name}.yaml`
}

const security = (cert: string) =>
  `    security: { profile: 3, ca: pki/trust.pem, cert: "${cert}.pem", key: "${cert}.key" }`

/** A new certificate over OCPP, from the CA of `serve`, and everything goes on with it. */
const renewal = [
  'command: { action: ChangeConfiguration, payload: { key: CpoName, value: csms lab }, answer: { status: Accepted } }',
  'command: { action: ExtendedTriggerMessage, payload: { requestedMessage: SignChargePointCertificate }, answer: { status: Accepted } }',
  'expect: { action: CertificateSigned, answer: { status: Accepted } }',
  'reconnect',
  'authorize',
]

async function simulate(file: string, target: string, ...args: readonly string[]) {
  const argv = [
    'simulate',
    file,
    '--target',
    target,
    '--workers',
    '1',
    '--json',
    '--quiet',
    ...args,
  ]
  const run = await runCli(argv, { cwd: folder, env })
  if (run.stdout === '') throw new Error(`${file}: exit code ${run.code}: ${run.stderr}`)
  return { code: run.code, report: JSON.parse(run.stdout) as Report }
}

test('a session under security profile 3, from certs init to a renewed and a revoked certificate', async () => {
  // A PKI for the stations of a scenario, by their serial numbers.
  const fleet = '    count: 3\n    id: "DEPOT-{index}"\n'
  const file = await scenario('depot', fleet + security('pki/stations/{id}'), renewal)
  await csms('certs', 'init', 'pki', '--hosts', 'localhost,127.0.0.1', '--scenario', file)
  env['NODE_EXTRA_CA_CERTS'] = join(folder, 'pki/trust.pem')
  const [factory, ...others] = await issuedTo('DEPOT-1')
  expect(factory).toMatchObject({ commonName: 'SN-0001' })
  expect(others).toEqual([])

  // A management system that takes nothing less than profile 3.
  const pki = (name: string) => join(folder, 'pki', name)
  const pair = (kind: string) => {
    const [cert, key] = [pki(`server/${kind}.pem`), pki(`server/${kind}.key`)]
    return ['--tls-cert', cert, '--tls-key', key]
  }
  await using serve = await Serve.start(
    '--security-profile',
    '3',
    '--ca',
    pki(''),
    '--tls-client-ca',
    pki('trust.pem'),
    ...pair('rsa'),
    ...pair('ecdsa'),
  )
  expect(serve.url).toMatch(/^wss:/)

  // The session: the books of both sides balance, every connection was TLS with a certificate.
  const books = `${serve.api}/api/v1/transactions`
  const { code, report } = await simulate(file, serve.url, '--books', books, '--api', serve.api)
  expect({ code, reasons: report.reasons }).toEqual({ code: 0, reasons: [] })
  expect(report).toMatchObject({
    verdict: 'pass',
    scripts: { completed: 3, failed: 0 },
    transactions: { started: 3, stopped: 3, lost: 0, mismatched: 0 },
    books: { checked: true, mismatches: [] },
    violations: { total: 0 },
  })
  expect(report.actions['MeterValues']?.exchanges.completed).toBeGreaterThanOrEqual(3 * 4)
  const connected = serve.child.lines.filter(({ type }) => type === 'connected')
  // Each came with the certificate of the factory, and again with the new one.
  expect(connected).toHaveLength(6)
  for (const line of connected) {
    expect(line).toMatchObject({ securityProfile: 3, tlsVersion: 'TLSv1.3' })
  }
  expect(report.stations.tlsTimeMs?.count).toBe(6)
  // None was turned away first, though it came within milliseconds of its certificate.
  expect(serve.child.lines.filter(({ type }) => type === 'refused')).toEqual([])

  // What was renewed is what is presented now; the operator sees it over TLS, too.
  const [, renewed] = await issuedTo('DEPOT-1')
  expect(renewed).toMatchObject({ commonName: 'SN-0001' })
  expect(renewed?.serial).not.toBe(factory?.serial)
  const part = async (name: string): Promise<unknown> =>
    JSON.parse(await csms('stations', 'DEPOT-1', name, '--api', serve.api))
  expect(await part('security')).toMatchObject({
    profile: 3,
    tlsVersion: 'TLSv1.3',
    certificateSerial: renewed?.serial,
  })
  expect(await part('certificates')).toMatchObject({
    signed: [{ serial: renewed?.serial, state: 'Installed' }],
  })

  // Nobody else gets in. Revoked is the certificate that DEPOT-2 came with.
  await csms('certs', 'revoke', 'pki', 'DEPOT-2', '--reason', 'keyCompromise')
  await csms('certs', 'init', 'others', '--stations', 'STRANGER')
  const refused = async (id: string, identity: string, target = serve.url) => {
    const file = await scenario(id, `    id: ${id}\n${identity}`)
    const run = await simulate(file, target, '--connect-timeout', '5s')
    expect({ id, code: run.code }).toEqual({ id, code: 4 })
    const said = serve.child.lines.filter(
      ({ type, stationId }) => type === 'refused' && stationId === id,
    )
    return { reasons: run.report.reasons.join(), said: said[0]?.['reason'] }
  }
  const password = 'correct-horse-battery'
  const [compromised] = await issuedTo('DEPOT-2')
  const [nobody, stranger, thief, revoked, plain] = await Promise.all([
    refused('NOBODY', `    password: ${password}\n    security: {profile: 2, ca: pki/trust.pem}`),
    refused('STRANGER', security('others/stations/{id}')),
    refused('THIEF', security('pki/stations/DEPOT-3')),
    refused('DEPOT-2', security('pki/stations/{id}')),
    refused('PLAIN', `    password: ${password}`, serve.url.replace('wss:', 'ws:')),
  ])
  expect(nobody.reasons).toContain('HTTP 403')
  expect(nobody.said).toBe(
    'Security profile 3 asks for a client certificate, and none was presented.',
  )
  expect(stranger.reasons).toContain('HTTP 403')
  expect(stranger.said).toMatch(/^The client certificate is not trusted: /)
  expect(thief.reasons).toContain('HTTP 403')
  expect(thief.said).toBe('The client certificate is that of "SN-0003", not of this station.')
  expect(revoked.reasons).toContain('HTTP 403')
  expect(revoked.said).toBe(`The client certificate ${compromised?.serial} was revoked.`)
  // Without TLS nobody knows who it was.
  expect(plain.said).toBeUndefined()
  await serve.child.until(({ type }) => type === 'handshakeFailed', 'that there was no TLS')
  expect(serve.child.lines.filter(({ type }) => type === 'connected')).toHaveLength(6)
}, 180_000)
