import type { CertificateHashDataType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { IdToken } from '../../../steps/actor.ts'
import { certificatesIn } from '../../certificate-store.ts'
import { tokenKey } from '../local-list/local-lists.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/** Made by the first contract that is presented; survives reboots. */
export const presentedContracts = new StationPart((station) => new PresentedContracts(station))

/** The oldest goes first. */
const mostContracts = 50

/** By which certificate a station knows its customers: that of the contract [2.0.1 N09, N10]. */
class PresentedContracts {
  readonly #station: Station2x
  /** By the hashes of the certificate. */
  readonly #tokens = new Map<string, IdToken>()

  constructor(station: Station2x) {
    this.#station = station
  }

  /** @param chainPem the contract certificate first */
  remember(token: IdToken, chainPem: string): void {
    const [leaf] = certificatesIn(chainPem)
    const hash = leaf && this.#station.services.certificates?.hashIn(leaf, chainPem)
    if (!hash) return
    const key = keyOf(hash)
    this.#tokens.delete(key)
    this.#tokens.set(key, token)
    const [oldest] = this.#tokens.keys()
    if (this.#tokens.size > mostContracts && oldest !== undefined) this.#tokens.delete(oldest)
  }

  tokenOf(hash: CertificateHashDataType): IdToken | undefined {
    return this.#tokens.get(keyOf(hash))
  }

  forget(token: IdToken): void {
    for (const [key, known] of this.#tokens) {
      if (tokenKey(known) === tokenKey(token)) this.#tokens.delete(key)
    }
  }
}

function keyOf(hash: CertificateHashDataType): string {
  const { hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber } = hash
  return [hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber].join(' ').toLowerCase()
}
