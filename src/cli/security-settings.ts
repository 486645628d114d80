import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { SecuritySettings } from '../csms/options.ts'
import { whyUnreadable } from '../document/unreadable.ts'
import { isSecurityProfile } from '../ocpp/security-profile.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'

/** What `csms serve` was told of TLS. */
export interface TlsOptions {
  readonly tlsCert?: readonly string[]
  readonly tlsKey?: readonly string[]
  readonly tlsPort?: number
  readonly tlsClientCa?: string
  readonly clientOrganization?: string
  readonly securityProfile?: number
  /** The folder of a certificate authority. */
  readonly ca?: string
}

/** Reads the certificates. Throws `CSMS_USAGE` or `CSMS_CONFIG_INVALID`. */
export async function securitySettings(
  ctx: CliContext,
  options: TlsOptions,
): Promise<SecuritySettings> {
  checkTogether(options)
  const { tlsCert = [], tlsKey = [], tlsPort, tlsClientCa, securityProfile } = options
  const certificates = await Promise.all(
    tlsCert.map(async (cert, i) => ({
      cert: await readPem(ctx, cert),
      key: await readPem(ctx, tlsKey[i] ?? ''),
    })),
  )
  const keys = options.ca === undefined ? tlsKey : [...tlsKey, join(options.ca, 'ca', 'sub.key')]
  for (const key of keys) await tellOpenKey(ctx, key)
  const clientCa = tlsClientCa === undefined ? undefined : await readPem(ctx, tlsClientCa)
  return {
    profile: profileOf(securityProfile),
    ...(certificates.length > 0 && { tls: { certificates, clientCa } }),
    tlsPort,
    organization: options.clientOrganization,
  }
}

function profileOf(given: number | undefined): SecuritySettings['profile'] {
  return given !== undefined && isSecurityProfile(given) ? given : undefined
}

function checkTogether(options: TlsOptions): void {
  const { tlsCert = [], tlsKey = [], tlsPort, tlsClientCa, clientOrganization } = options
  const { securityProfile = 0 } = options
  const refuse = (message: string): never => {
    throw csmsError('CSMS_USAGE', { message: `error: ${message}` })
  }
  if (tlsCert.length !== tlsKey.length) refuse('each --tls-cert goes with a --tls-key.')
  if (tlsCert.length === 0) {
    if (tlsPort !== undefined) refuse('--tls-port needs --tls-cert and --tls-key.')
    if (tlsClientCa !== undefined) refuse('--tls-client-ca needs --tls-cert and --tls-key.')
    if (securityProfile >= 2) {
      refuse(`--security-profile ${securityProfile} needs --tls-cert and --tls-key.`)
    }
  }
  if (tlsClientCa !== undefined) return
  if (securityProfile === 3) refuse('--security-profile 3 needs --tls-client-ca.')
  if (clientOrganization !== undefined) refuse('--client-organization needs --tls-client-ca.')
}

/** Says so where somebody else of this machine may read a private key. Windows tells no such modes. */
async function tellOpenKey(ctx: CliContext, file: string): Promise<void> {
  const { mode } = await stat(resolve(ctx.cwd, file))
  if (process.platform === 'win32' || (mode & 0o077) === 0) return
  const shown = (mode & 0o777).toString(8)
  ctx.stderr.write(`${file} has mode ${shown}: others may read the private key. chmod 600 it.\n`)
}

async function readPem(ctx: CliContext, file: string): Promise<string> {
  try {
    return await readFile(resolve(ctx.cwd, file), 'utf8')
  } catch (error) {
    throw csmsError('CSMS_CONFIG_INVALID', { file, message: `${whyUnreadable(error)}.` }, error)
  }
}
