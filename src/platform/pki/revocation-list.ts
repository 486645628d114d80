import { type LedgerEntry, LedgerReader } from './ledger.ts'

/**
 * Which certificates of a CA are revoked and whose they are, as its ledger says: what any process
 * issues or revokes counts for the next question [1.6 SWP A00.FR.702]. A question looks whether the
 * file grew, 6.5 us beside the milliseconds of a handshake: a station comes with its certificate as
 * soon as that is signed. Throws while the ledger cannot be read: nothing is answered from memory then.
 */
export class RevocationList {
  readonly #ledger: LedgerReader

  private constructor(ledger: LedgerReader) {
    this.#ledger = ledger
  }

  /** Throws where the folder holds no ledger. */
  static open(folder: string): RevocationList {
    const ledger = new LedgerReader(folder)
    ledger.refresh()
    return new RevocationList(ledger)
  }

  /** In the order of issue. */
  entries(): Iterable<LedgerEntry> {
    this.#ledger.refresh()
    return this.#ledger.entries.values()
  }

  /** @param serial hexadecimal, as `getPeerCertificate().serialNumber` */
  entry(serial: string): LedgerEntry | undefined {
    this.#ledger.refresh()
    return this.#ledger.entry(serial)
  }
}
