import { createPrivateKey, createPublicKey, generateKeyPair, webcrypto } from 'node:crypto'
import { promisify } from 'node:util'
import type { KeyKind } from '../../ocpp/station-crypto.ts'

const generate = promisify(generateKeyPair)

export interface NewKey {
  /** PKCS #8, no password. */
  readonly keyPem: string
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Buffer
}

/** RSA of 2048 bits, or ECDSA on P-256. */
export async function newKeyPair(kind: KeyKind): Promise<NewKey> {
  const { privateKey, publicKey } =
    kind === 'rsa'
      ? await generate('rsa', { modulusLength: 2048 })
      : await generate('ec', { namedCurve: 'P-256' })
  return {
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
  }
}

/** Of a private key in PEM; throws what Node throws for what is none. */
export function kindOfKey(keyPem: string): KeyKind {
  return createPrivateKey(keyPem).asymmetricKeyType === 'ec' ? 'ecdsa' : 'rsa'
}

/** How certificates and requests are signed with a key of a kind [1.6 SWP A00.FR.505, A00.FR.506]. */
export const signingAlgorithm = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const satisfies Record<KeyKind, object>

/** The key pair as Web Crypto wants it. */
export async function webKeys(keyPem: string): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = signingAlgorithm[kindOfKey(keyPem)]
  const secret = createPrivateKey(keyPem)
  const { subtle } = webcrypto
  const pkcs8 = secret.export({ type: 'pkcs8', format: 'der' })
  const spki = createPublicKey(secret).export({ type: 'spki', format: 'der' })
  return {
    privateKey: await subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
    publicKey: await subtle.importKey('spki', spki, algorithm, true, ['verify']),
  }
}
