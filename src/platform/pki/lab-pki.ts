import { join } from 'node:path'
import type { KeyKind } from '../../ocpp/station-crypto.ts'
import type { Clock } from '../../shared/clock.ts'
import { csmsError } from '../../shared/errors.ts'
import { CertificateAuthority, type StationOrder } from './certificate-authority.ts'
import { type CertificateOrder, type Issuer, responderUrl, Signer } from './issue.ts'
import { newKeyPair } from './keys.ts'
import { labReadme } from './lab-readme.ts'
import { appendToLedger, type IssuedLine } from './ledger.ts'
import { claimPkiFolder, emptyPkiFolder, stationFile, writeNew, writePair } from './pki-files.ts'
import { writeRevocationFile } from './revocation-file.ts'
import { objectionToSerial } from './signing-request.ts'

const dayMs = 86_400_000
const rootDays = 20 * 365
const subDays = 10 * 365
/** Clocks of stations may lag behind. */
const headStartMs = 3_600_000

export interface LabPkiOptions {
  /** Must not exist or be empty. */
  readonly folder: string
  /** Names and addresses of the management system; the first is the CN of its certificates. */
  readonly hosts: readonly string[]
  readonly stations: readonly { readonly id: string; readonly serialNumber?: string | undefined }[]
  /** O of every certificate, the stations' CpoName. */
  readonly organization: string
  /** Of the stations' keys. */
  readonly kind: KeyKind
  /** How long certificates of servers, stations and signers are valid. */
  readonly days: number
  /** Its wall time is when they begin. */
  readonly clock: Clock
}

/**
 * Makes a complete PKI in a folder: a root and an issuing CA, server certificates with an RSA and an
 * ECDSA key, a certificate per station, and a manufacturer's firmware signer. The layout is told in
 * docs/guide/certificates.md. Throws `CSMS_PKI_EXISTS` rather than touch a folder with something in it,
 * and `CSMS_OUTPUT_UNWRITABLE` where it cannot be finished: then nothing of it is left.
 */
export async function makeLabPki(options: LabPkiOptions): Promise<CertificateAuthority> {
  checkStations(options.stations)
  await claimPkiFolder(options.folder)
  try {
    return await fillFolder(options)
  } catch (error) {
    await emptyPkiFolder(options.folder)
    throw error
  }
}

async function fillFolder(options: LabPkiOptions): Promise<CertificateAuthority> {
  const { folder, hosts, stations, organization, kind, days, clock } = options
  await writeNew(join(folder, 'README.md'), labReadme(options), 0o644)
  const maker = new HierarchyMaker(folder, clock.wallMs())

  const root = await maker.root('ca', `${organization} root`, organization)
  const sub = await maker.child(root, {
    role: 'authority',
    subject: { commonName: `${organization} issuing CA`, organization },
    days: subDays,
    kind: 'ecdsa',
  })
  await writePair(join(folder, 'ca'), 'sub', sub)
  await writeNew(join(folder, 'trust.pem'), root.certificatePem, 0o644)

  const manufacturer = `${organization} manufacturer`
  const signerRoot = await maker.root('firmware', `${manufacturer} root`, manufacturer)
  const signer = await maker.child(signerRoot, {
    role: 'firmware',
    subject: { commonName: `${manufacturer} firmware signer`, organization: manufacturer },
    days,
    kind: 'rsa',
  })
  await writePair(join(folder, 'firmware'), 'signer', signer)
  await appendToLedger(folder, maker.lines)
  await writeRevocationFile(folder, sub, [], clock.wallMs())

  const authority = await CertificateAuthority.open(folder, clock)
  for (const serverKind of ['rsa', 'ecdsa'] as const) {
    const certificate = await authority.issueServer({ hosts, kind: serverKind, days })
    await writePair(join(folder, 'server'), serverKind, certificate)
  }
  for (const { id, serialNumber } of stations) {
    await issueStationFile(authority, { id, serialNumber, kind, days })
  }
  return authority
}

/**
 * Issues a station's certificate and puts it where a lab PKI keeps them; returns the path of the
 * certificate. Throws `CSMS_PKI_EXISTS` where the station has one there.
 */
export async function issueStationFile(
  authority: CertificateAuthority,
  order: StationOrder,
): Promise<string> {
  const { folder, name } = stationFile(authority.folder, order.id)
  await writePair(folder, name, await authority.issueStation(order))
  return join(folder, `${name}.pem`)
}

/** Nothing is begun that cannot be finished. */
function checkStations(stations: LabPkiOptions['stations']): void {
  const ids = new Set<string>()
  for (const { id, serialNumber = id } of stations) {
    const objection = ids.has(id) ? 'it is named twice' : objectionToSerial(serialNumber)
    if (objection !== undefined) {
      throw csmsError('CSMS_USAGE', { message: `No certificate for ${id}: ${objection}.` })
    }
    ids.add(id)
  }
}

type ChildOrder = Pick<CertificateOrder, 'role' | 'subject'> & {
  readonly days: number
  readonly kind: KeyKind
}

/** Makes the two hierarchies from their roots [1.6 SWP 2.6.2]. */
class HierarchyMaker {
  readonly lines: IssuedLine[] = []
  readonly #folder: string
  readonly #nowMs: number

  constructor(folder: string, nowMs: number) {
    this.#folder = folder
    this.#nowMs = nowMs
  }

  async root(where: string, commonName: string, organization: string): Promise<Issuer> {
    const { keyPem } = await newKeyPair('ecdsa')
    const signer = Signer.ofKey(keyPem)
    const order = { role: 'root', subject: { commonName, organization } } as const
    const root = this.#issue(signer, order, rootDays, keyPem, undefined)
    await writePair(join(this.#folder, where), 'root', root)
    return root
  }

  async child(issuer: Issuer, { role, subject, days, kind }: ChildOrder): Promise<Issuer> {
    const { keyPem, publicKey } = await newKeyPair(kind)
    return this.#issue(Signer.of(issuer), { role, subject }, days, keyPem, publicKey)
  }

  #issue(
    signer: Signer,
    order: Pick<CertificateOrder, 'role' | 'subject'>,
    days: number,
    keyPem: string,
    publicKey: Buffer | undefined,
  ): Issuer {
    const { certificatePem, line } = signer.issue({
      ...order,
      ...(order.role !== 'root' && { responderUrl }),
      publicKey,
      notBeforeMs: this.#nowMs - headStartMs,
      notAfterMs: this.#nowMs + days * dayMs,
    })
    this.lines.push(line)
    return { certificatePem, keyPem }
  }
}
