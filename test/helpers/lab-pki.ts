import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KeyedCertificate } from '../../src/ocpp/station-crypto.ts'
import type { CertificateAuthority } from '../../src/platform/pki/certificate-authority.ts'
import { type LabPkiOptions, makeLabPki } from '../../src/platform/pki/lab-pki.ts'
import { realClock } from '../../src/platform/real-clock.ts'

/** A lab PKI in a folder of its own, gone after the test. */
export class LabPki implements AsyncDisposable {
  readonly folder: string
  readonly authority: CertificateAuthority

  private constructor(folder: string, authority: CertificateAuthority) {
    this.folder = folder
    this.authority = authority
  }

  static async make(options: Partial<LabPkiOptions> = {}): Promise<LabPki> {
    const folder = await mkdtemp(join(tmpdir(), 'csms-pki-'))
    const authority = await makeLabPki({
      folder,
      hosts: ['localhost', '127.0.0.1'],
      stations: [],
      organization: 'Lab',
      kind: 'ecdsa',
      days: 365,
      clock: realClock,
      ...options,
    })
    return new LabPki(folder, authority)
  }

  text(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8')
  }

  async pair(name: string): Promise<KeyedCertificate> {
    return {
      certificatePem: await this.text(`${name}.pem`),
      keyPem: await this.text(`${name}.key`),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true })
  }
}
