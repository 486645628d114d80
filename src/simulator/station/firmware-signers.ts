import type { StationServices } from './behaviour.ts'
import type { FirmwareSignature, FirmwareStatus } from './firmware-updates.ts'

/** The security events that are about firmware, alike in all versions. */
type FirmwareEvent =
  | 'InvalidFirmwareSigningCertificate'
  | 'InvalidFirmwareSignature'
  | 'FirmwareUpdated'

/**
 * Whose firmware a station takes: what was signed under a root of its manufacturer, with the
 * signature over all of the file [1.6 SWP L01] [2.0.1 L01]. What is wrong is a security event, too.
 */
export class FirmwareSigners {
  readonly #station: StationServices
  readonly #report: (type: FirmwareEvent, techInfo?: string) => void

  constructor(station: StationServices, report: (type: FirmwareEvent, techInfo?: string) => void) {
    this.#station = station
    this.#report = report
  }

  /** A root of the manufacturer is installed: firmware that nobody signed is no longer taken. */
  get signedOnly(): boolean {
    const { certificates } = this.#station
    return certificates !== undefined && certificates.trusted.pems('manufacturer').length > 0
  }

  /** Why this certificate may not sign firmware; undefined: it may. */
  objection(certificatePem: string): string | undefined {
    const station = this.#station
    const { crypto, certificates } = station
    const objection =
      crypto && certificates
        ? crypto.objectionToSigner({
            certificatePem,
            roots: certificates.trusted.pems('manufacturer'),
            nowMs: station.wireMs(),
          })
        : 'this station keeps no certificates'
    if (objection !== undefined) {
      station.afterwards(() => this.#report('InvalidFirmwareSigningCertificate', objection))
    }
    return objection
  }

  verify(content: Uint8Array, { certificate, signature }: FirmwareSignature): boolean {
    const verifier = this.#station.crypto?.verifier(certificate, signature)
    verifier?.update(content)
    return verifier?.matches() ?? false
  }

  /** What a status that was told means for the security of the station: told after it. */
  told(status: FirmwareStatus): void {
    if (status === 'InvalidSignature') this.#report('InvalidFirmwareSignature')
    if (status === 'Installed') {
      this.#report('FirmwareUpdated', this.#station.memory.firmwareVersion)
    }
  }
}
