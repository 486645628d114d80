import { resolve } from 'node:path'
import type { CsmsObserver } from '../csms/events.ts'
import { ScriptDirector } from '../csms/script/director.ts'
import type { ServerOptions } from '../csms/server.ts'
import { startServer } from '../csms/start-server.ts'
import { realClock } from '../platform/real-clock.ts'
import { isoTime } from '../shared/clock.ts'
import { csmsError } from '../shared/errors.ts'
import { exitCodes } from '../shared/exit-codes.ts'
import { apiSettings } from './api-keys-file.ts'
import type { CliContext, Output } from './context.ts'
import { eventJson, eventLine } from './event-line.ts'
import { securitySettings } from './security-settings.ts'
import { readStations, readTokens } from './seed-files.ts'
import type { ServeOptions } from './serve-options.ts'
import { readScript, tellScript, tellVerdict } from './serve-script.ts'

/**
 * Serves until it is interrupted, or until its script is over; a second interrupt leaves at once.
 * Where one of several processes ends by itself, the others close their stations and save, and the
 * exit code is 1: whoever supervises the server starts all of it again.
 */
export async function runServer(ctx: CliContext, options: ServeOptions): Promise<void> {
  refuseHalf(options)
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
    ...(await serverSettings(ctx, options)),
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

/** Options that mean nothing alone. */
function refuseHalf({ data, durability, files, ftpPort }: ServeOptions): void {
  if (durability !== undefined && data === undefined) {
    const message = '--durability says how --data is kept: name a folder, too.'
    throw csmsError('CSMS_USAGE', { message })
  }
  if (ftpPort !== undefined && files === undefined) {
    const message = '--ftp-port is where the files of --files are offered: name a folder, too.'
    throw csmsError('CSMS_USAGE', { message })
  }
}

/** What the options come to, files read. Throws `CSMS_CONFIG_INVALID` or `CSMS_PKI_INVALID`. */
async function serverSettings(ctx: CliContext, options: ServeOptions): Promise<ServerOptions> {
  const { data, files, ca, stations, tokens, tariffs, payments } = options
  const path = (file: string) => resolve(ctx.cwd, file)
  return {
    host: options.host,
    port: options.port,
    ...(data !== undefined && { dataDir: path(data) }),
    durability: options.durability,
    ...(files !== undefined && { filesDir: path(files) }),
    ftpPort: options.ftpPort,
    ...(ca !== undefined && { caDir: await checkedAuthority(path(ca)) }),
    ...(stations !== undefined && { stations: await readStations(ctx.cwd, stations) }),
    ...(tokens !== undefined && { tokens: await readTokens(ctx.cwd, tokens) }),
    ...(tariffs !== undefined && { tariffsFile: path(tariffs) }),
    ...(payments !== undefined && { paymentsFile: path(payments) }),
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
  }
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
  return (event) => output.write(`${line(event, isoTime(realClock.wallMs()))}\n`)
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
