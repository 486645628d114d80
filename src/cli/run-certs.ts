import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { hashPassword } from '../csms/gateway/credentials.ts'
import { whyUnreadable } from '../document/unreadable.ts'
import type { KeyKind } from '../ocpp/station-crypto.ts'
import { CertificateAuthority } from '../platform/pki/certificate-authority.ts'
import { signFirmware } from '../platform/pki/firmware-signature.ts'
import { issueStationFile, makeLabPki } from '../platform/pki/lab-pki.ts'
import { realClock } from '../platform/real-clock.ts'
import { csmsError } from '../shared/errors.ts'
import { counted } from '../simulator/scenario/counted.ts'
import { eachStation } from '../simulator/scenario/station-identity.ts'
import type { CliContext } from './context.ts'
import { loadPlan } from './scenario-file.ts'
import { stationNames } from './station-names.ts'

export interface InitOptions {
  readonly hosts: readonly string[]
  readonly stations?: readonly string[]
  readonly scenario?: string
  readonly organization: string
  readonly key: KeyKind
  readonly days: number
}

export interface IssueOptions {
  readonly serial?: string
  readonly csr?: string
  readonly key: KeyKind
  readonly days: number
}

/** Makes a lab PKI. */
export async function initPki(
  ctx: CliContext,
  folder: string,
  options: InitOptions,
): Promise<void> {
  const { hosts, organization, key: kind, days } = options
  if (hosts.length === 0) throw csmsError('CSMS_USAGE', { message: '--hosts must name one.' })
  if (organization.trim() === '') {
    throw csmsError('CSMS_USAGE', { message: '--organization must be a name.' })
  }
  const stations = await stationsOf(ctx, options)
  await makeLabPki({
    folder: resolve(ctx.cwd, folder),
    hosts,
    stations,
    organization,
    kind,
    days,
    clock: realClock,
  })
  ctx.stdout.write(
    `${folder} holds an authority, certificates for ${hosts.join(', ')} and for ${counted(stations.length, 'station')}, and a firmware signer. ${folder}/README.md tells how to use them.\n`,
  )
}

async function stationsOf(ctx: CliContext, { stations = [], scenario }: InitOptions) {
  const named = stations.map((id) => ({ id, serialNumber: undefined }))
  if (scenario === undefined) return named
  const { fleets } = await loadPlan(ctx, scenario, {}, true)
  const played = Array.from(eachStation(fleets), ({ id, serial }) => ({
    id,
    serialNumber: serial,
  }))
  return [...named, ...played]
}

/** Issues certificates for stations, or signs a request of one. */
export async function issueCertificates(
  ctx: CliContext,
  folder: string,
  stations: readonly string[],
  { serial: serialNumber, csr, key: kind, days }: IssueOptions,
): Promise<void> {
  const ids = stations.flatMap((name) => stationNames(name))
  const [first = ''] = ids
  if (ids.length > 1 && (serialNumber ?? csr) !== undefined) {
    throw csmsError('CSMS_USAGE', { message: '--serial and --csr are of one station.' })
  }
  const authority = await CertificateAuthority.open(resolve(ctx.cwd, folder), realClock)
  if (csr !== undefined) {
    const csrPem = await readText(ctx, csr)
    const objection = await authority.objectionToRequest(csrPem, serialNumber ?? first, first)
    if (objection !== undefined) {
      throw csmsError('CSMS_CONFIG_INVALID', { file: csr, message: `${objection}.` })
    }
    ctx.stdout.write((await authority.signRequest(csrPem, first, days)).chainPem)
    return
  }
  for (const id of ids) {
    const path = await issueStationFile(authority, { id, serialNumber, kind, days })
    ctx.stdout.write(`${relative(ctx.cwd, path)}\n`)
  }
}

/** The fields of SignedUpdateFirmware that prove an image. */
export async function signImage(ctx: CliContext, folder: string, file: string): Promise<void> {
  const proof = await signFirmware(resolve(ctx.cwd, folder), resolve(ctx.cwd, file))
  ctx.stdout.write(`${JSON.stringify(proof, undefined, 2)}\n`)
}

/** The hash of the password on standard input, without the end of its line. */
export async function printPasswordHash(ctx: CliContext): Promise<void> {
  const password = (await ctx.stdin()).replace(/\r?\n$/, '')
  if (password === '') {
    throw csmsError('CSMS_USAGE', { message: 'There is no password on standard input.' })
  }
  ctx.stdout.write(`${await hashPassword(password)}\n`)
}

async function readText(ctx: CliContext, file: string): Promise<string> {
  if (file === '-') return ctx.stdin()
  try {
    return await readFile(resolve(ctx.cwd, file), 'utf8')
  } catch (error) {
    throw csmsError('CSMS_CONFIG_INVALID', { file, message: `${whyUnreadable(error)}.` }, error)
  }
}
