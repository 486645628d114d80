import type { Clock } from '../../shared/clock.ts'
import { LedgerReader } from './ledger.ts'

/** How old the answer may be. */
const freshMicros = 1_000_000

/**
 * Which certificates of a CA are revoked, as its ledger says: a revocation by another process counts
 * within a second [1.6 SWP A00.FR.702].
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
    const now = this.#clock.monotonicMicros()
    if (now - this.#readMicros >= freshMicros) {
      this.#readMicros = now
      this.#ledger.refresh()
    }
    return this.#ledger.entry(serial)?.revoked !== undefined
  }
}
