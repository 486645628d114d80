import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeyedCertificate, KeyKind } from '../../ocpp/station-crypto.ts'
import type { Clock } from '../../shared/clock.ts'
import { CsmsError, csmsError, messageOf } from '../../shared/errors.ts'
import { CertificateStandings } from './certificate-standings.ts'
import { objectionToChain } from './chain.ts'
import {
  type CertificateOrder,
  type Issuer,
  organizationOf,
  responderUrl,
  Signer,
} from './issue.ts'
import { newKeyPair } from './keys.ts'
import {
  appendToLedger,
  type CertificateRole,
  type LedgerEntry,
  LedgerReader,
  type RevocationReason,
} from './ledger.ts'
import { readCertificates } from './read-certificates.ts'
import { writeRevocationFile } from './revocation-file.ts'
import { objectionToSerial, readSigningRequest } from './signing-request.ts'

const dayMs = 86_400_000
/** Clocks of stations may lag behind: certificates are valid a little before they are made. */
const headStartMs = 60_000
/** What a station may ask to be signed. */
type RequestedRole = Extract<CertificateRole, 'station' | 'secc' | 'combined'>

export interface ServerOrder {
  readonly hosts: readonly string[]
  readonly kind: KeyKind
  readonly days: number
}

export interface StationOrder {
  /** The identity. */
  readonly id: string
  /** CN; default: the identity. */
  readonly serialNumber?: string | undefined
  readonly kind: KeyKind
  readonly days: number
}

/** A certificate of this CA with its key and what the ledger says of it. */
export interface NewCertificate extends KeyedCertificate {
  readonly entry: LedgerEntry
}

/** A certificate for a key that somebody else keeps. */
export interface SignedCertificate {
  /** PEM: the certificate, then the issuing CA's. */
  readonly chainPem: string
  readonly entry: LedgerEntry
}

/**
 * The issuing CA of a folder that `makeLabPki` wrote, or one of the same layout. Every certificate is
 * in the ledger before anybody gets it.
 */
export class CertificateAuthority {
  readonly folder: string
  /** O of everything it issues: the operator's name [1.6 SWP A00.FR.509]. */
  readonly organization: string
  readonly rootPem: string
  /** What it says of what it issued. */
  readonly standings: CertificateStandings
  readonly #issuer: Issuer
  readonly #signer: Signer
  readonly #clock: Clock
  readonly #books: LedgerReader

  private constructor(
    folder: string,
    parts: {
      readonly issuer: Issuer
      readonly signer: Signer
      readonly rootPem: string
      readonly roots: readonly Issuer[]
    },
    clock: Clock,
  ) {
    this.folder = folder
    this.#books = new LedgerReader(folder)
    this.organization = organizationOf(parts.issuer.certificatePem)
    this.rootPem = parts.rootPem
    this.#issuer = parts.issuer
    this.#signer = parts.signer
    this.#clock = clock
    const { issuer, rootPem, roots } = parts
    this.standings = new CertificateStandings([issuer, ...roots], rootPem, this.#books, clock)
  }

  /**
   * Reads the issuing CA of a folder. Throws `CSMS_PKI_INVALID`.
   * @param clock whose wall time certificates begin at
   */
  static async open(folder: string, clock: Clock): Promise<CertificateAuthority> {
    try {
      const read = (name: string) => readFile(join(folder, name), 'utf8')
      // Whoever keeps a root's key elsewhere does well.
      const rootIn = (where: string): Promise<readonly Issuer[]> =>
        Promise.all([read(`${where}/root.pem`), read(`${where}/root.key`)]).then(
          ([certificatePem, keyPem]) => [{ certificatePem, keyPem }],
          () => [],
        )
      const [certificatePem, keyPem, rootPem, ...roots] = await Promise.all([
        read('ca/sub.pem'),
        read('ca/sub.key'),
        read('trust.pem'),
        rootIn('ca'),
        rootIn('firmware'),
      ])
      new LedgerReader(folder).refresh()
      const objection = objectionToAuthority(certificatePem, rootPem, clock.wallMs())
      if (objection !== undefined) {
        throw csmsError('CSMS_PKI_INVALID', { path: folder, reason: objection })
      }
      const issuer = { certificatePem, keyPem }
      const signer = Signer.of(issuer)
      const parts = { issuer, signer, rootPem, roots: roots.flat() }
      return new CertificateAuthority(folder, parts, clock)
    } catch (error) {
      if (error instanceof CsmsError) throw error
      const reason = messageOf(error)
      throw csmsError('CSMS_PKI_INVALID', { path: folder, reason }, error)
    }
  }

  /** @throws CSMS_USAGE for a station that no certificate can name */
  async issueStation({ id, serialNumber, kind, days }: StationOrder): Promise<NewCertificate> {
    const commonName = serialNumber ?? id
    const objection = objectionToSerial(commonName)
    if (objection !== undefined) {
      throw csmsError('CSMS_USAGE', { message: `No certificate for ${id}: ${objection}.` })
    }
    const subject = { commonName, organization: this.organization }
    return this.#issueKeyed({ role: 'station', subject, station: id }, kind, days)
  }

  async issueServer({ hosts, kind, days }: ServerOrder): Promise<NewCertificate> {
    const subject = { commonName: hosts[0] ?? '', organization: this.organization }
    return this.#issueKeyed({ role: 'server', subject, hosts }, kind, days)
  }

  /**
   * Why a request cannot be signed; undefined where it can.
   * @param name what its CN must be, by the station's own account; undefined: it gave none
   * @param station the identity that asks
   */
  async objectionToRequest(
    csrPem: string,
    name: string | undefined,
    station: string,
    role: RequestedRole = 'station',
  ): Promise<string | undefined> {
    const request = await readSigningRequest(csrPem)
    if (typeof request === 'string') return request
    const { commonName, organization } = request.subject
    const unfit = objectionToSerial(commonName)
    if (unfit !== undefined) return unfit
    if (name !== undefined && commonName !== name) {
      const kind = role === 'secc' ? 'SeccId' : 'serial number'
      return `its CN is "${commonName}", the station's ${kind} is "${name}"`
    }
    if (organization !== this.organization) {
      return `its O is "${organization}", the operator is "${this.organization}": set CpoName`
    }
    return role !== 'secc' && this.#isOfAnother(commonName, station)
      ? `its CN "${commonName}" is in the certificate of another station`
      : undefined
  }

  /** A station says its serial number itself, and a name like that of another would pass for it. */
  #isOfAnother(commonName: string, id: string): boolean {
    this.#books.refresh()
    const now = new Date(this.#clock.wallMs()).toISOString()
    for (const { station, commonName: known, notAfter, revoked } of this.#books.entries.values()) {
      if (station === undefined || station === id || revoked || notAfter < now) continue
      if (known === commonName || station === commonName) return true
    }
    return false
  }

  /**
   * Signs a request that `objectionToRequest` let pass.
   * @param station its identity
   */
  async signRequest(
    csrPem: string,
    station: string,
    days: number,
    role: RequestedRole = 'station',
  ): Promise<SignedCertificate> {
    const request = await readSigningRequest(csrPem)
    if (typeof request === 'string') throw new TypeError(request)
    const { subject, publicKey } = request
    const vehicles = role !== 'station' && { responderUrl }
    return this.#issue({ role, subject, station, publicKey, ...vehicles }, days)
  }

  /** The contract that a vehicle's request names; undefined: it is no request that can be signed. */
  async requestedContract(csrPem: string): Promise<string | undefined> {
    const request = await readSigningRequest(csrPem)
    return typeof request === 'string' ? undefined : request.subject.commonName
  }

  /**
   * Certifies a vehicle's key for a contract. Throws `TypeError` for what is no request.
   * @param emaid the contract, which becomes the CN
   */
  async signContract(csrPem: string, emaid: string, days: number): Promise<SignedCertificate> {
    const request = await readSigningRequest(csrPem)
    if (typeof request === 'string') throw new TypeError(request)
    const subject = { commonName: emaid, organization: this.organization }
    const { publicKey } = request
    return this.#issue({ role: 'contract', subject, publicKey, responderUrl }, days)
  }

  /** Revokes one certificate and signs a new list. Throws `CSMS_CERTIFICATE_UNKNOWN`. */
  async revoke(serial: string, reason: RevocationReason): Promise<LedgerEntry> {
    const ledger = this.#ledger()
    const entry = ledger.entry(serial)
    if (!entry) throw csmsError('CSMS_CERTIFICATE_UNKNOWN', { wanted: serial, path: this.folder })
    if (!entry.revoked) {
      const at = new Date(this.#clock.wallMs()).toISOString()
      await appendToLedger(this.folder, [{ event: 'revoked', serial: entry.serial, reason, at }])
    }
    await this.#publish(ledger)
    return ledger.entry(serial) ?? entry
  }

  /** Everything it issued, in order. */
  certificates(): readonly LedgerEntry[] {
    return [...this.#ledger().entries.values()]
  }

  /** Another process may revoke in the meantime: then its line is in the next round. */
  async #publish(ledger: LedgerReader): Promise<void> {
    let told: number
    do {
      ledger.refresh()
      const entries = [...ledger.entries.values()]
      told = revokedIn(ledger)
      await writeRevocationFile(this.folder, this.#issuer, entries, this.#clock.wallMs())
      ledger.refresh()
    } while (revokedIn(ledger) !== told)
  }

  async #issueKeyed(
    order: Omit<CertificateOrder, 'publicKey' | 'notBeforeMs' | 'notAfterMs'>,
    kind: KeyKind,
    days: number,
  ): Promise<NewCertificate> {
    const { keyPem, publicKey } = await newKeyPair(kind)
    const { chainPem, entry } = await this.#issue({ ...order, publicKey }, days)
    return { certificatePem: chainPem, keyPem, entry }
  }

  async #issue(
    order: Omit<CertificateOrder, 'notBeforeMs' | 'notAfterMs'>,
    days: number,
  ): Promise<SignedCertificate> {
    const now = this.#clock.wallMs()
    const { certificatePem, line } = this.#signer.issue({
      ...order,
      notBeforeMs: now - headStartMs,
      notAfterMs: now + days * dayMs,
    })
    await appendToLedger(this.folder, [line])
    const { event: _, ...entry } = line
    return { chainPem: certificatePem + this.#issuer.certificatePem, entry }
  }

  #ledger(): LedgerReader {
    const ledger = new LedgerReader(this.folder)
    ledger.refresh()
    return ledger
  }
}

function revokedIn(ledger: LedgerReader): number {
  let count = 0
  for (const { revoked } of ledger.entries.values()) if (revoked) count += 1
  return count
}

function objectionToAuthority(
  certificatePem: string,
  rootPem: string,
  nowMs: number,
): string | undefined {
  const [sub, ...others] = readCertificates(certificatePem)
  if (!sub?.ca) return 'ca/sub.pem is not the certificate of an authority'
  return objectionToChain(sub, others, readCertificates(rootPem), nowMs)
}
