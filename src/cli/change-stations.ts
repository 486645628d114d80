import { csmsError } from '../shared/errors.ts'
import type { ApiOptions } from './api/api-options.ts'
import { OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { passwordVariable, readPassword } from './read-password.ts'

export interface AddOptions extends ApiOptions {
  readonly passwordFile?: string
  readonly serial?: string
  readonly securityProfile?: number
}

export interface ChangeOptions extends ApiOptions {
  /** False: what the server's settings say counts again. */
  readonly serial?: string | false
  readonly securityProfile?: number | false
}

export interface PasswordOptions extends ApiOptions {
  readonly file?: string
  /** False: what the server's settings say counts again. */
  readonly password?: boolean
}

export interface RemoveOptions extends ApiOptions {
  readonly force?: boolean
}

/** Makes stations known. */
export async function addStations(
  ctx: CliContext,
  ids: readonly string[],
  options: AddOptions,
): Promise<void> {
  const { passwordFile, serial, securityProfile } = options
  const password = await readPassword(ctx, passwordFile)
  if (ids.length > 1 && (password ?? serial) !== undefined) {
    throw csmsError('CSMS_USAGE', { message: 'A password and a serial number are of one station.' })
  }
  const access = {
    ...(password !== undefined && { password }),
    ...(serial !== undefined && { serial }),
    ...(securityProfile !== undefined && { securityProfile }),
  }
  const client = new OperatorClient(ctx, options)
  for (const id of ids) {
    await client.ask('registerStation', { body: { id, ...access } })
    ctx.stdout.write(`${id} is known.\n`)
  }
}

/** Throws `CSMS_API_UNREACHABLE` or `CSMS_API_REFUSED`, as do the others here. */
export async function changeStation(
  ctx: CliContext,
  stationId: string,
  options: ChangeOptions,
): Promise<void> {
  const { serial, securityProfile } = options
  if ((serial ?? securityProfile) === undefined) {
    throw csmsError('CSMS_USAGE', { message: 'Say what changes: --serial or --security-profile.' })
  }
  const body = {
    ...(serial !== undefined && { serial: serial === false ? null : serial }),
    ...(securityProfile !== undefined && {
      securityProfile: securityProfile === false ? null : securityProfile,
    }),
  }
  await new OperatorClient(ctx, options).ask('patchStation', { path: { stationId }, body })
  ctx.stdout.write(`${stationId} is judged by that from its next connection on.\n`)
}

/** From a file, the environment or, where neither is said, standard input. */
export async function setPassword(
  ctx: CliContext,
  stationId: string,
  options: PasswordOptions,
): Promise<void> {
  const { file, password: isWanted = true } = options
  const source = file ?? (ctx.env[passwordVariable] === undefined ? '-' : undefined)
  const password = isWanted ? await readPassword(ctx, source) : null
  await new OperatorClient(ctx, options).ask('patchStation', {
    path: { stationId },
    body: { password: password ?? null },
  })
  const what = isWanted ? 'The password' : 'What the settings of the server say'
  ctx.stdout.write(`${what} counts for ${stationId} from its next connection on.\n`)
}

export async function removeStation(
  ctx: CliContext,
  stationId: string,
  options: RemoveOptions,
): Promise<void> {
  const query = { force: options.force ? true : undefined }
  await new OperatorClient(ctx, options).ask('removeStation', { path: { stationId }, query })
  ctx.stdout.write(`${stationId} is forgotten.\n`)
}

export async function disconnectStation(
  ctx: CliContext,
  stationId: string,
  options: ApiOptions,
): Promise<void> {
  await new OperatorClient(ctx, options).ask('closeConnection', { path: { stationId } })
  ctx.stdout.write(`The connection of ${stationId} is closed.\n`)
}
