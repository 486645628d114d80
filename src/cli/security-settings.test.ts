import { once } from 'node:events'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LabPki } from '../../test/helpers/lab-pki.ts'
import { runInMemory } from '../../test/helpers/memory-cli.ts'

const serve = (...argv: string[]) => runInMemory(['serve', '--port', '0', ...argv])

describe('TLS of csms serve', () => {
  test.each([
    [['--tls-cert', 'a.pem'], /each --tls-cert goes with a --tls-key/],
    [['--tls-port', '9443'], /--tls-port needs --tls-cert/],
    [['--tls-client-ca', 'ca.pem'], /--tls-client-ca needs --tls-cert/],
    [['--security-profile', '2'], /--security-profile 2 needs --tls-cert/],
    [
      ['--tls-cert', 'a', '--tls-key', 'b', '--security-profile', '3'],
      /--security-profile 3 needs --tls-client-ca/,
    ],
    [['--client-organization', 'ACME'], /--client-organization needs --tls-client-ca/],
  ])('%j is told as a mistake', async (argv, message) => {
    const { code, stderr } = await serve(...argv)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(message) })
  })

  test.skipIf(process.platform === 'win32')(
    'a private key that others may read is told',
    async () => {
      const cwd = await mkdtemp(join(tmpdir(), 'csms-keys-'))
      await writeFile(join(cwd, 'open.key'), 'no key', { mode: 0o644 })
      await writeFile(join(cwd, 'own.key'), 'no key', { mode: 0o600 })
      const told = async (key: string) => {
        const argv = ['serve', '--port', '0', '--tls-cert', key, '--tls-key', key]
        const { code, stderr } = await runInMemory(argv, { cwd })
        expect(code).not.toBe(0)
        return stderr
      }
      expect(await told('open.key')).toContain('open.key has mode 644: others may read')
      expect(await told('own.key')).not.toContain('mode')
      await rm(cwd, { recursive: true })
    },
  )

  test.skipIf(process.platform === 'win32')('and so is that of an authority', async () => {
    await using pki = await LabPki.make()
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const pair = ['--tls-cert', 'server/rsa.pem', '--tls-key', 'server/rsa.key']
    const argv = ['serve', '--port', `${port}`, '--ca', '.', ...pair]
    // The port is taken: it tells, and ends.
    expect((await runInMemory(argv, { cwd: pki.folder })).stderr).not.toContain('mode')
    await chmod(join(pki.folder, 'ca/sub.key'), 0o640)
    const { stderr } = await runInMemory(argv, { cwd: pki.folder })
    expect(stderr).toContain('ca/sub.key has mode 640: others may read the private key')
    taken.close()
  })

  test('a certificate that is not there is told by its name', async () => {
    const { code, stderr } = await serve('--tls-cert', 'none.pem', '--tls-key', 'none.key')
    expect({ code, stderr }).toEqual({
      code: 104,
      stderr: expect.stringMatching(/none\.(pem|key)/),
    })
  })
})
