import type { KeyObject } from 'node:crypto'

/** Curves of at least 224 bits that TLS servers take, by OpenSSL's names, in bits. */
const curveBits: Readonly<Record<string, number>> = {
  secp224r1: 224,
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
}

/** Why a key gives less than 112 bits of security, or is of no known kind [1.6 SWP A00.FR.501-503]. */
export function objectionToKey(key: KeyObject): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
  if (type === 'rsa' || type === 'rsa-pss') {
    const bits = details?.modulusLength ?? 0
    return bits >= 2048 ? undefined : `its RSA key has ${bits} bits, fewer than 2048`
  }
  if (type === 'ec') {
    const curve = details?.namedCurve ?? 'unknown'
    return curveBits[curve] === undefined ? `its curve ${curve} is not allowed` : undefined
  }
  return `its key is ${type ?? 'unknown'}, neither RSA nor elliptic curve`
}
