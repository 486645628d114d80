import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { createRequire } from 'node:module'
import { rootCertificates } from 'node:tls'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const typeScript = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const module = new URL('read-certificates.ts', import.meta.url).href

test('a process may read a certificate before it first uses TLS', async () => {
  // In a process of its own: here somebody has loaded TLS already.
  const program = `
    import { readCertificate, subjectField } from '${module}'
    const [organization] = subjectField(readCertificate(process.argv[1]), 'O')
    const { createSecureContext } = await import('node:tls')
    console.log(organization.length > 0, typeof createSecureContext)`
  const args = ['--import', typeScript, '--input-type=module', '--eval', program]
  const pem = rootCertificates.find((one) => new X509Certificate(one).subject.includes('O=')) ?? ''
  const { stdout } = await promisify(execFile)(process.execPath, [...args, '--', pem])
  expect(stdout.trim()).toBe('true function')
})
