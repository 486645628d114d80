import { resolve } from 'node:path'
import { CertificateAuthority } from '../platform/pki/certificate-authority.ts'
import type { LedgerEntry, RevocationReason } from '../platform/pki/ledger.ts'
import { realClock } from '../platform/real-clock.ts'
import type { ApiOptions } from './api/api-options.ts'
import { OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { printJson, printTable } from './print-table.ts'

type AccessOptions = Omit<ApiOptions, 'api'>

export interface RevokeOptions extends AccessOptions {
  readonly reason: RevocationReason
}

export interface ListOptions extends AccessOptions {
  readonly station?: string
  readonly json?: boolean
}

/** What an authority issued: one in a folder here, or that of a running csms. */
interface Books {
  certificates(): Promise<readonly LedgerEntry[]>
  revoke(serial: string, reason: RevocationReason): Promise<LedgerEntry>
}

/** Revokes one certificate, or all of a station. */
export async function revokeCertificates(
  ctx: CliContext,
  authority: string,
  wanted: string,
  options: RevokeOptions,
): Promise<void> {
  const books = await openBooks(ctx, authority, options)
  const ofStation = (await books.certificates())
    .filter(({ station, revoked }) => station === wanted && !revoked)
    .map(({ serial }) => serial)
  for (const serial of ofStation.length > 0 ? ofStation : [wanted]) {
    const { commonName } = await books.revoke(serial, options.reason)
    ctx.stdout.write(`${serial} (${commonName}) is revoked.\n`)
  }
}

/** What was issued and what became of it. */
export async function listCertificates(
  ctx: CliContext,
  authority: string,
  options: ListOptions,
): Promise<void> {
  const books = await openBooks(ctx, authority, options)
  const certificates = (await books.certificates()).filter(
    ({ station }) => options.station === undefined || station === options.station,
  )
  if (options.json) {
    printJson(ctx, { schemaVersion: 1, certificates })
    return
  }
  const nowMs = realClock.wallMs()
  printTable(
    ctx,
    head,
    certificates.map((entry) => row(entry, nowMs)),
  )
}

async function openBooks(
  ctx: CliContext,
  authority: string,
  options: AccessOptions,
): Promise<Books> {
  if (!/^https?:\/\//.test(authority)) {
    const opened = await CertificateAuthority.open(resolve(ctx.cwd, authority), realClock)
    return {
      certificates: () => Promise.resolve(opened.certificates()),
      revoke: (serial, reason) => opened.revoke(serial, reason),
    }
  }
  const client = new OperatorClient(ctx, { ...options, api: authority })
  return {
    certificates: () => client.ask('listCertificates', { query: {} }),
    revoke: (serial, reason) =>
      client.ask('revokeCertificate', { path: { serial }, body: { reason } }),
  }
}

const head = ['serial', 'for', 'common name', 'station', 'valid to', 'state']

function row(entry: LedgerEntry, nowMs: number): readonly string[] {
  const { serial, role, commonName, station = '', notAfter } = entry
  return [serial, role, commonName, station, notAfter.slice(0, 10), stateOf(entry, nowMs)]
}

function stateOf({ revoked, notAfter }: LedgerEntry, nowMs: number): string {
  if (revoked) return `revoked ${revoked.at.slice(0, 10)}: ${revoked.reason}`
  return Date.parse(notAfter) < nowMs ? 'expired' : 'valid'
}
