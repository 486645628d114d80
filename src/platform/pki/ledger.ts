import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writingTo } from './pki-files.ts'
import { plainSerial } from './read-certificates.ts'

/** What a certificate is for. */
export const certificateRoles = [
  'root',
  'authority',
  'server',
  'station',
  'firmware',
  /** A station towards vehicles [ISO 15118: SECC]. */
  'secc',
  /** A station towards its management system and vehicles. */
  'combined',
  /** A vehicle with a contract: its CN is the eMAID. */
  'contract',
] as const
export type CertificateRole = (typeof certificateRoles)[number]

/** Reasons for a revocation that a CRL can tell [RFC 5280 5.3.1]. */
export const revocationReasons = [
  'unspecified',
  'keyCompromise',
  'superseded',
  'cessationOfOperation',
] as const
export type RevocationReason = (typeof revocationReasons)[number]

/** One certificate that was issued. Times are RFC 3339. */
export interface IssuedLine {
  readonly event: 'issued'
  /** Hexadecimal, upper case, no leading zeroes. */
  readonly serial: string
  readonly role: CertificateRole
  readonly commonName: string
  /** The identity of the station it is for. */
  readonly station?: string
  readonly notBefore: string
  readonly notAfter: string
}

interface RevokedLine {
  readonly event: 'revoked'
  readonly serial: string
  readonly reason: RevocationReason
  readonly at: string
}

export type LedgerLine = IssuedLine | RevokedLine

/** A certificate with what became of it. */
export interface LedgerEntry extends Omit<IssuedLine, 'event'> {
  readonly revoked?: Omit<RevokedLine, 'event' | 'serial'>
}

/** Where a CA keeps its books: lines that are only ever appended, so that processes may share it. */
const ledgerPath = (folder: string): string => join(folder, 'ca', 'ledger.ndjson')

export async function appendToLedger(folder: string, lines: readonly LedgerLine[]): Promise<void> {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const path = ledgerPath(folder)
  await writingTo(path, () => appendFile(path, text, { mode: 0o600 }))
}

/** Reads a ledger as it grows; a last line that is not finished yet is read the next time. */
export class LedgerReader {
  readonly #path: string
  readonly #entries = new Map<string, LedgerEntry>()
  #offset = 0

  constructor(folder: string) {
    this.#path = ledgerPath(folder)
  }

  /** In the order of issue. */
  get entries(): ReadonlyMap<string, LedgerEntry> {
    return this.#entries
  }

  entry(serial: string): LedgerEntry | undefined {
    return this.#entries.get(plainSerial(serial))
  }

  /**
   * Takes in what was appended since. Throws where the file or a line cannot be read, and again each
   * time until somebody mended it: the line may be a revocation.
   */
  refresh(): void {
    const file = openSync(this.#path, 'r')
    try {
      const { size } = fstatSync(file)
      if (size <= this.#offset) return
      const bytes = Buffer.alloc(size - this.#offset)
      const length = readSync(file, bytes, 0, bytes.length, this.#offset)
      const complete = bytes.subarray(0, length).lastIndexOf(0x0a) + 1
      const lines = bytes.toString('utf8', 0, complete).split('\n').filter(Boolean)
      const read = lines.map((line) => JSON.parse(line) as LedgerLine)
      this.#offset += complete
      for (const line of read) this.#take(line)
    } finally {
      closeSync(file)
    }
  }

  #take(line: LedgerLine): void {
    if (line.event === 'issued') {
      const { event: _, ...entry } = line
      this.#entries.set(line.serial, entry)
      return
    }
    const { serial, reason, at } = line
    const known = this.#entries.get(serial)
    if (known && !known.revoked) this.#entries.set(serial, { ...known, revoked: { reason, at } })
  }
}
