import type { FirmwareSignature } from '../firmware-updates.ts'
import type { Behaviour16 } from './behaviour16.ts'

/**
 * Whose firmware a station takes: what was signed under a root of its manufacturer, with the
 * signature over all of the file [1.6 SWP L01]. What is wrong is a security event, too.
 */
export class FirmwareSigners {
  readonly #behaviour: Behaviour16

  constructor(behaviour: Behaviour16) {
    this.#behaviour = behaviour
  }

  /** A root of the manufacturer is installed: firmware that nobody signed is no longer taken. */
  get signedOnly(): boolean {
    const { certificates } = this.#behaviour.station
    return certificates !== undefined && certificates.roots('manufacturer').length > 0
  }

  /** Why this certificate may not sign firmware; undefined: it may. */
  objection(certificatePem: string): string | undefined {
    const { station, security } = this.#behaviour
    const { crypto, certificates } = station
    const objection =
      crypto && certificates
        ? crypto.objectionToSigner({
            certificatePem,
            roots: certificates.roots('manufacturer'),
            nowMs: station.wireMs(),
          })
        : 'this station keeps no certificates'
    if (objection !== undefined) {
      station.afterwards(() => security.report('InvalidFirmwareSigningCertificate', objection))
    }
    return objection
  }

  verify(content: Uint8Array, { certificate, signature }: FirmwareSignature): boolean {
    const { station, security } = this.#behaviour
    const verifier = station.crypto?.verifier(certificate, signature)
    verifier?.update(content)
    const genuine = verifier?.matches() ?? false
    if (!genuine) security.report('InvalidFirmwareSignature')
    return genuine
  }
}
