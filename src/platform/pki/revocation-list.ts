import type { Clock } from '../../shared/clock.ts'
import { type LedgerEntry, LedgerReader } from './ledger.ts'

/** How old the answer may be. */
const freshMicros = 1_000_000

/**
 * Which certificates of a CA are revoked and whose they are, as its ledger says: what another process
 * issues or revokes counts within a second [1.6 SWP A00.FR.702].
 */
export class RevocationList {
  readonly #ledger: LedgerReader
  readonly #clock: Clock
  #readMicros: number

  /** @param clock real time */
  private constructor(ledger: LedgerReader, clock: Clock) {
    this.#ledger = ledger
    this.#clock = clock
    this.#readMicros = clock.monotonicMicros()
  }

  /** Throws where the folder holds no ledger. */
  static open(folder: string, clock: Clock): RevocationList {
    const ledger = new LedgerReader(folder)
    ledger.refresh()
    return new RevocationList(ledger, clock)
  }

  /** @param serial hexadecimal, as `getPeerCertificate().serialNumber` */
  isRevoked(serial: string): boolean {
    return this.#entry(serial)?.revoked !== undefined
  }

  /** The identity of the station that a certificate was issued to, as the ledger says. */
  holderOf(serial: string): string | undefined {
    return this.#entry(serial)?.station
  }

  #entry(serial: string): LedgerEntry | undefined {
    const now = this.#clock.monotonicMicros()
    if (now - this.#readMicros >= freshMicros) {
      this.#readMicros = now
      this.#ledger.refresh()
    }
    return this.#ledger.entry(serial)
  }
}
