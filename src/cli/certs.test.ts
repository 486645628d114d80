import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runInMemory } from '../../test/helpers/memory-cli.ts'
import { Credentials } from '../csms/gateway/credentials.ts'
import { makeSigningRequest } from '../platform/pki/signing-request.ts'
import { stationNames } from './station-names.ts'

let cwd: string
const csms = (...argv: readonly string[]) => runInMemory(['certs', ...argv], { cwd })

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'csms-certs-'))
  const made = await csms('init', 'pki', '--hosts', 'csms.example', '--stations', 'CP{1..2}')
  expect(made).toMatchObject({ code: 0, stderr: '' })
  expect(made.stdout).toContain('certificates for csms.example and for 2 stations')
})
afterAll(() => rm(cwd, { recursive: true }))

describe('csms certs', () => {
  test('init overwrites nothing', async () => {
    const again = await csms('init', 'pki')
    expect(again.code).toBe(104)
    expect(again.stderr).toContain('never overwritten')
  })

  test('sign names the image that is not there', async () => {
    const { code, stderr } = await csms('sign', 'pki', 'no.bin')
    expect(code).toBe(104)
    expect(stderr).toMatch(/^\S*no\.bin: cannot be read: ENOENT\.$/m)
    const nowhere = await csms('sign', 'no-pki', 'no.bin')
    expect(nowhere.stderr).toContain('holds no certificate authority')
  })

  test('init says where it cannot write', async () => {
    await writeFile(join(cwd, 'a-file'), '')
    for (const folder of ['a-file', 'a-file/pki']) {
      const { code, stderr } = await csms('init', folder)
      expect(code).toBe(104)
      expect(stderr).toMatch(/^Cannot write to \S*a-file(\/pki)?: (EEXIST|ENOTDIR)\./)
    }
  })

  test('init takes the stations of a scenario, with their serial numbers', async () => {
    const scenario = `name: s\nfleets: [{name: f, count: 2, id: "S{index}", station: {serial: "SN-{index}"}, script: [boot]}]`
    await writeFile(join(cwd, 's.yaml'), scenario)
    expect(await csms('init', 'of-scenario', '--scenario', 's.yaml')).toMatchObject({ code: 0 })
    const { certificates } = JSON.parse((await csms('list', 'of-scenario', '--json')).stdout)
    const stations = certificates.filter(({ role }: { role: string }) => role === 'station')
    expect(stations).toMatchObject([
      { station: 'S1', commonName: 'SN-1' },
      { station: 'S2', commonName: 'SN-2' },
    ])
  })

  test('init takes the stations of a scenario that names the certificates to be made', async () => {
    const security = '{profile: 3, ca: new/trust.pem, cert: "new/{id}.pem", key: "new/{id}.key"}'
    const scenario = `name: s\nfleets: [{name: f, id: S1, security: ${security}, script: [boot]}]`
    await writeFile(join(cwd, 'of-new.yaml'), scenario)
    const made = await csms('init', 'new', '--scenario', 'of-new.yaml')
    expect(made).toMatchObject({ code: 0, stderr: '' })
    expect(await readFile(join(cwd, 'new/stations/S1.pem'), 'utf8')).toContain('CERTIFICATE')
  })

  test('issues, lists and revokes', async () => {
    const issued = await csms('issue', 'pki', 'CP7', '--serial', 'SN-7', '--key', 'rsa')
    expect(issued).toMatchObject({ code: 0, stdout: 'pki/stations/CP7.pem\n' })
    expect(await csms('revoke', 'pki', 'CP7', '--reason', 'keyCompromise')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^[0-9A-F]{32} \(SN-7\) is revoked\.\n$/),
    })
    const { stdout } = await csms('list', 'pki')
    expect(stdout).toMatch(
      /station +SN-7 +CP7 +\d{4}-\d\d-\d\d +revoked \d{4}-\d\d-\d\d: keyCompromise/,
    )
    expect(stdout).toMatch(/station +CP1 +CP1 +\S+ +valid\n/)
    const unknown = await csms('revoke', 'pki', 'CP8')
    expect(unknown.code).toBe(104)
    expect(unknown.stderr).toContain('issued no certificate "CP8"')
  })

  test('signs a request, and says why it does not', async () => {
    const request = async (commonName: string) => {
      const { csrPem } = await makeSigningRequest({ commonName, organization: 'csms lab' }, 'ecdsa')
      await writeFile(join(cwd, 'cp9.csr'), csrPem)
      return csms('issue', 'pki', 'CP9', '--csr', 'cp9.csr')
    }
    const signed = await request('CP9')
    expect(signed.code).toBe(0)
    expect(signed.stdout.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
    const refused = await request('CP1')
    expect(refused.code).toBe(104)
    expect(refused.stderr).toContain('its CN is "CP1"')
    const two = await csms('issue', 'pki', 'CP9', 'CP10', '--csr', 'cp9.csr')
    expect(two.code).toBe(2)
  })

  test('signs a firmware image', async () => {
    await writeFile(join(cwd, 'image.bin'), 'image')
    const { code, stdout } = await csms('sign', 'pki', 'image.bin')
    expect(code).toBe(0)
    const proof = JSON.parse(stdout)
    expect(Object.keys(proof)).toEqual(['signingCertificate', 'signature'])
    const signer = await readFile(join(cwd, 'pki/firmware/signer.pem'), 'utf8')
    expect(proof.signingCertificate).toBe(signer)
    expect(await csms('sign', 'pki', 'nothing.bin')).toMatchObject({ code: 104 })
  })

  test('[1.6 SWP A01.FR.08] hashes a password that the server then takes', async () => {
    const hashed = await runInMemory(['certs', 'hash-password'], { stdin: 'sixteen characters\n' })
    const credentials = new Credentials()
    credentials.set('CP1', { hash: hashed.stdout.trim() })
    expect(await credentials.check('CP1', Buffer.from('sixteen characters'))).toBe(true)
    expect(await credentials.check('CP1', Buffer.from('another password'))).toBe(false)
    expect(await runInMemory(['certs', 'hash-password'])).toMatchObject({ code: 2 })
  })

  test('serve --ca wants an authority', async () => {
    const { code, stderr } = await runInMemory(['serve', '--port', '0', '--ca', 'none'], { cwd })
    expect(code).toBe(104)
    expect(stderr).toContain('"csms certs init" makes one')
  })
})

describe('stationNames', () => {
  test.each([
    ['CP1, CP2', ['CP1', 'CP2']],
    ['CP{08..11}-A', ['CP08-A', 'CP09-A', 'CP10-A', 'CP11-A']],
    ['CP{x..y}', ['CP{x..y}']],
  ])('%s', (text, names) => {
    expect(stationNames(text, ['before'])).toEqual(['before', ...names])
  })

  test('counts up, and not for ever', () => {
    expect(() => stationNames('CP{2..1}')).toThrow('count up')
    expect(() => stationNames('CP{1..99999999}')).toThrow('count up')
    expect(() => stationNames(' , ')).toThrow('name stations')
  })
})
