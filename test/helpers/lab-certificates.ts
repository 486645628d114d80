import { generateKeyPairSync } from 'node:crypto'
import type { KeyPair } from '../../src/ocpp/dial.ts'
import { type CertificateOrder, Signer } from '../../src/platform/pki/issue.ts'
import { newKeyPair } from '../../src/platform/pki/keys.ts'

const dayMs = 86_400_000

export interface Wish {
  readonly role: 'server' | 'station'
  readonly commonName: string
  readonly organization?: string
  /** `weak`: RSA of 1024 bits. */
  readonly kind?: 'rsa' | 'ecdsa' | 'weak'
  readonly hosts?: readonly string[]
  /** From now; negative: it has expired. */
  readonly days?: number
}

/** A root of its own, which signs at once what it is asked for. */
export class LabAuthority {
  readonly ca: string
  readonly #signer: Signer

  private constructor(ca: string, signer: Signer) {
    this.ca = ca
    this.#signer = signer
  }

  static async make(name: string): Promise<LabAuthority> {
    const { keyPem: key } = await newKeyPair('ecdsa')
    const subject = { commonName: name, organization: 'lab' }
    const self = Signer.ofKey(key)
    const { certificatePem } = self.issue({
      role: 'root',
      subject,
      publicKey: undefined,
      ...validity(30),
    })
    const signer = Signer.of({ certificatePem, keyPem: key })
    return new LabAuthority(certificatePem, signer)
  }

  async issue({
    days = 10,
    kind = 'ecdsa',
    hosts,
    ...wish
  }: Wish): Promise<KeyPair & { readonly serial: string }> {
    const { keyPem: key, publicKey } = kind === 'weak' ? weakKeyPair() : await newKeyPair(kind)
    const order: CertificateOrder = {
      role: wish.role,
      subject: { commonName: wish.commonName, organization: wish.organization ?? 'lab' },
      publicKey,
      ...(hosts && { hosts }),
      ...validity(days),
    }
    const { certificatePem, line } = this.#signer.issue(order)
    return { cert: certificatePem, key, serial: line.serial }
  }
}

function weakKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
  }
}

function validity(days: number): { readonly notBeforeMs: number; readonly notAfterMs: number } {
  const now = Date.now()
  return { notBeforeMs: now - 20 * dayMs, notAfterMs: now + days * dayMs }
}
