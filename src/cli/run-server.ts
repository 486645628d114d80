import { resolve } from 'node:path'
import type { Registration } from '../csms/domain/station.ts'
import type { Token } from '../csms/domain/token.ts'
import type { CsmsObserver } from '../csms/events.ts'
import type { StationSeed } from '../csms/options.ts'
import { ScriptDirector } from '../csms/script/director.ts'
import { startServer } from '../csms/start-server.ts'
import type { Durability } from '../csms/store/durability.ts'
import { authorizationStatuses } from '../ocpp/authorization-status.ts'
import { isSecurityProfile, type SecurityProfile } from '../ocpp/security-profile.ts'
import { realClock } from '../platform/real-clock.ts'
import { csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { apiSettings } from './api-keys-file.ts'
import type { CliContext, Output } from './context.ts'
import { readRecords } from './data-file.ts'
import { eventJson, eventLine } from './event-line.ts'
import { securitySettings, type TlsOptions } from './security-settings.ts'
import { readScript, type ScriptOptions, tellScript, tellVerdict } from './serve-script.ts'

/** What `csms serve` was told; times in milliseconds. */
export interface ServeOptions extends TlsOptions, ScriptOptions {
  readonly host?: readonly string[]
  readonly port: number
  readonly data?: string
  readonly durability?: Durability
  readonly files?: string
  readonly ftpPort?: number
  readonly stations?: string
  readonly tokens?: string
  readonly tariffs?: string
  readonly payments?: string
  readonly unknownStations: 'accept' | 'reject'
  readonly unknownTokens?: 'accept' | 'reject'
  readonly boot: Registration
  readonly heartbeatInterval: number
  readonly callTimeout: number
  readonly pingInterval: number
  /** The folder of a certificate authority. */
  readonly ca?: string
  readonly apiKeys?: string
  readonly apiRate?: number
  readonly messageLog: number
  readonly maxConnections: number
  /** False: `--no-compression`. */
  readonly compression: boolean
  readonly processes: number
  readonly logFormat: 'text' | 'json'
  readonly frames?: boolean
}

/**
 * Serves until it is interrupted, or until its script is over; a second interrupt leaves at once. Where one of several processes
 * ends by itself, the others close their stations and save, and the exit code is 1: whoever
 * supervises the server starts all of it again.
 */
export async function runServer(ctx: CliContext, options: ServeOptions): Promise<void> {
  const { data, durability, stations, tokens } = options
  if (durability !== undefined && data === undefined) {
    const message = '--durability says how --data is kept: name a folder, too.'
    throw csmsError('CSMS_USAGE', { message })
  }
  const { files, ftpPort } = options
  if (ftpPort !== undefined && files === undefined) {
    const message = '--ftp-port is where the files of --files are offered: name a folder, too.'
    throw csmsError('CSMS_USAGE', { message })
  }
  const script = await readScript(ctx, options)
  if (script && options.dryRun) {
    tellScript(ctx, script)
    return
  }
  const director = script && new ScriptDirector(script)
  // Before the first line says that it listens: whoever reads it may interrupt at once.
  const interrupt = interrupted(ctx)
  let fail: (end: End) => void = () => undefined
  const failure = new Promise<End>((resolveEnd) => {
    fail = resolveEnd
  })
  const server = await startServer({
    host: options.host,
    port: options.port,
    ...(data !== undefined && { dataDir: resolve(ctx.cwd, data) }),
    durability,
    ...(files !== undefined && { filesDir: resolve(ctx.cwd, files) }),
    ftpPort,
    ...(options.ca !== undefined && {
      caDir: await checkedAuthority(resolve(ctx.cwd, options.ca)),
    }),
    ...(stations !== undefined && { stations: await readStations(ctx.cwd, stations) }),
    ...(tokens !== undefined && { tokens: await readTokens(ctx.cwd, tokens) }),
    ...(options.tariffs !== undefined && { tariffsFile: resolve(ctx.cwd, options.tariffs) }),
    ...(options.payments !== undefined && { paymentsFile: resolve(ctx.cwd, options.payments) }),
    unknownStations: options.unknownStations,
    unknownTokens: options.unknownTokens ?? (tokens === undefined ? 'accept' : 'reject'),
    boot: { status: options.boot },
    heartbeatIntervalSeconds: Math.round(options.heartbeatInterval / 1000),
    callTimeoutMs: options.callTimeout,
    pingIntervalMs: options.pingInterval,
    api: await apiSettings(ctx, options),
    messageLog: options.messageLog,
    security: await securitySettings(ctx, options),
    maxConnections: options.maxConnections,
    compression: options.compression,
    frames: options.frames ?? false,
    prepare: ['ocpp1.6', 'ocpp2.0.1'],
    processes: options.processes,
    observer: printer(options.json ? ctx.stderr : ctx.stdout, options.logFormat),
    script: director,
    broken: (reason) => fail({ reason }),
  })
  const over = director?.ended.then((): End => ({}))
  const { reason } = await Promise.race([interrupt, failure, ...(over ? [over] : [])])
  director?.interrupt()
  await server.close({ code: 1001, reason: 'The management system is stopping' })
  if (reason !== undefined) throw csmsError('CSMS_PROCESS_ENDED', { reason })
  if (director) await tellVerdict(ctx, await director.ended, options)
  else ctx.exit(exitCodes.passed)
}

/** The folder, if an authority can be read from it: nobody wants to learn that from a station. */
async function checkedAuthority(folder: string): Promise<string> {
  const { CertificateAuthority } = await import('../platform/pki/certificate-authority.ts')
  await CertificateAuthority.open(folder, realClock)
  return folder
}

/** Why serving ends; no reason: it was told to. */
interface End {
  readonly reason?: string
}

function printer(output: Output, format: ServeOptions['logFormat']): CsmsObserver {
  const line = format === 'json' ? eventJson : eventLine
  return (event) => output.write(`${line(event, new Date().toISOString())}\n`)
}

function interrupted(ctx: CliContext): Promise<End> {
  return new Promise((resolveFirst) => {
    let times = 0
    ctx.onInterrupt(() => {
      times += 1
      if (times === 1) resolveFirst({})
      else ctx.leave(exitCodes.interrupted)
    })
  })
}

async function readStations(cwd: string, file: string): Promise<StationSeed[]> {
  const records = await readRecords(cwd, file)
  return records.map((record) => ({
    id: text(file, record, 'id') ?? missing(file, 'id'),
    password: text(file, record, 'password'),
    passwordHash: text(file, record, 'passwordHash'),
    serial: text(file, record, 'serial'),
    securityProfile: profileIn(file, record),
  }))
}

/** `token` is what `csms scenario stations` calls a station's own idToken. */
async function readTokens(cwd: string, file: string): Promise<Token[]> {
  const records = await readRecords(cwd, file)
  return records.map((record) => {
    const idToken = text(file, record, 'idToken') ?? text(file, record, 'token')
    const given = text(file, record, 'status') ?? 'Accepted'
    const status = authorizationStatuses.find((known) => known === given)
    if (!status) {
      const message = `"${given}" is no status of an idToken; there are ${authorizationStatuses.join(', ')}.`
      throw csmsError('CSMS_CONFIG_INVALID', { file, message })
    }
    const type = text(file, record, 'type')
    const expiry = text(file, record, 'expiry')
    const groupId = text(file, record, 'groupId')
    const concurrent = yesNo(file, record, 'concurrent')
    const tariffId = text(file, record, 'tariffId')
    const balance = amount(file, record, 'balance')
    return {
      idToken: idToken ?? missing(file, 'idToken'),
      status,
      ...(type !== undefined && { type }),
      ...(expiry !== undefined && { expiry }),
      ...(groupId !== undefined && { groupId }),
      ...(concurrent !== undefined && { concurrent }),
      ...(tariffId !== undefined && { tariffId }),
      ...(balance !== undefined && { balance }),
    }
  })
}

function text(
  file: string,
  record: Readonly<Record<string, unknown>>,
  key: string,
): string | undefined {
  const value = record[key]
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw csmsError('CSMS_CONFIG_INVALID', { file, message: `"${key}" must be a text.` })
}

function profileIn(
  file: string,
  record: Readonly<Record<string, unknown>>,
): SecurityProfile | undefined {
  const given = text(file, record, 'securityProfile')
  if (given === undefined) return undefined
  const profile = Number(given)
  if (isSecurityProfile(profile)) return profile
  throw csmsError('CSMS_CONFIG_INVALID', { file, message: '"securityProfile" must be 0 to 3.' })
}

function amount(
  file: string,
  record: Readonly<Record<string, unknown>>,
  key: string,
): number | undefined {
  const given = text(file, record, key)
  if (given === undefined) return undefined
  if (Number.isFinite(Number(given))) return Number(given)
  throw csmsError('CSMS_CONFIG_INVALID', { file, message: `"${key}" must be an amount.` })
}

/** `true` or `false`, in CSV as text. */
function yesNo(
  file: string,
  record: Readonly<Record<string, unknown>>,
  key: string,
): boolean | undefined {
  const value = record[key]
  if (value === undefined || value === null || value === '') return undefined
  if (value === true || value === 'true') return true
  if (value === false || value === 'false') return false
  throw csmsError('CSMS_CONFIG_INVALID', { file, message: `"${key}" must be true or false.` })
}

function missing(file: string, key: string): never {
  throw csmsError('CSMS_CONFIG_INVALID', { file, message: `an entry has no "${key}".` })
}
