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
    return this.entry(serial)?.revoked !== undefined
  }

  /** The identity of the station that a certificate was issued to, as the ledger says. */
  holderOf(serial: string): string | undefined {
    return this.entry(serial)?.station
  }

  /** In the order of issue. */
  entries(): Iterable<LedgerEntry> {
    this.#refreshIfOld()
    return this.#ledger.entries.values()
  }

  /** @param serial hexadecimal */
  entry(serial: string): LedgerEntry | undefined {
    this.#refreshIfOld()
    return this.#ledger.entry(serial)
  }

  /** Takes in what was written just now. */
  refresh(): void {
    this.#ledger.refresh()
    // Only now: while it cannot be read nothing is answered from what was read before.
    this.#readMicros = this.#clock.monotonicMicros()
  }

  #refreshIfOld(): void {
    if (this.#clock.monotonicMicros() - this.#readMicros >= freshMicros) this.refresh()
  }
}
