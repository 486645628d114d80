import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { stackOf } from '../../shared/errors.ts'
import { expectReading, readSteadily } from '../../transport/stall.ts'
import { Problem, sendJson, sendProblem } from '../api/problem.ts'
import type { CsmsObserver } from '../events.ts'
import { type FileFolder, type OpenFile, UploadRefused } from './file-folder.ts'
import { isLogin, type UploadLogin } from './upload-login.ts'

type Listener = (request: IncomingMessage, response: ServerResponse) => void

const prefix = '/files/'

/**
 * The file server of the stations: `GET /files/{name}` fetches firmware, `PUT` and `POST
 * /files/uploads/{name}` bring logs. Stations have no API key, so nobody needs one here; what was
 * brought is not handed out again here but by the operator's API. Everything else goes on to `next`.
 *
 * @param login whom uploads are taken from; default: anybody
 */
export function withFiles(
  files: FileFolder | undefined,
  emit: CsmsObserver | undefined,
  next: Listener,
  login?: UploadLogin,
): Listener {
  if (!files) return next
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (!path.startsWith(prefix)) {
      next(request, response)
      return
    }
    response.on('error', () => {})
    serve(files, path.slice(prefix.length), request, response, login).catch((error: unknown) => {
      // What is left of the body goes nowhere: most clients read the answer only after they sent it.
      request.resume()
      fail(response, error, emit)
    })
  }
}

async function serve(
  files: FileFolder,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  login: UploadLogin | undefined,
): Promise<void> {
  const [first = '', second, ...deeper] = path.split('/').map(decoded)
  const isUpload = first === 'uploads' && second !== undefined && deeper.length === 0
  if (isUpload) {
    allow(request, 'PUT', 'POST')
    refusePages(request)
    if (login && !isLogin(login, request.headers.authorization)) throw notLoggedIn
    const { name, bytes } = await readSteadily(request, () => files.store(second, request))
    sendJson(response, 201, { name, bytes })
    return
  }
  if (second !== undefined) throw nothingAt(path)
  allow(request, 'GET', 'HEAD')
  const file = await files.openFirmware(first)
  if (!file) throw nothingAt(path)
  await sendFile(request, response, file)
}

/** Sends a file as bytes, without its content for HEAD. */
export async function sendFile(
  { method }: IncomingMessage,
  response: ServerResponse,
  { name, bytes, content }: OpenFile,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': bytes,
    'Content-Disposition': `attachment; filename="${name}"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  })
  if (method === 'HEAD') {
    content.destroy()
    response.end()
    return
  }
  expectReading(response)
  await pipeline(content, response)
}

function allow({ method = '' }: IncomingMessage, ...methods: readonly string[]): void {
  if (methods.includes(method)) return
  const list = methods.join(', ')
  throw new Problem(405, 'METHOD_NOT_ALLOWED', `Only ${list} is answered here.`, { Allow: list })
}

/** No station is a web page: one of another site may make a browser send anything here. */
function refusePages({ headers }: IncomingMessage): void {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin === undefined && site === undefined) return
  throw new Problem(403, 'FOREIGN_ORIGIN', 'No web page brings files here.')
}

const notLoggedIn = new Problem(
  401,
  'UNAUTHORIZED',
  'Uploads want the name and the password that stood in the URL.',
  { 'WWW-Authenticate': 'Basic realm="uploads", charset="UTF-8"' },
)

function nothingAt(path: string): Problem {
  return new Problem(404, 'NOT_FOUND', `There is no file ${path}.`)
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Problem(400, 'INVALID_PATH', `${segment} is not percent-encoded UTF-8.`)
  }
}

const refusals = {
  name: { status: 400, code: 'INVALID_NAME' },
  tooLarge: { status: 413, code: 'FILE_TOO_LARGE' },
  busy: { status: 503, code: 'TOO_MANY_UPLOADS' },
  full: { status: 507, code: 'FILES_FULL' },
} as const

function fail(response: ServerResponse, error: unknown, emit: CsmsObserver | undefined): void {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  if (error instanceof Problem) {
    sendProblem(response, error)
    return
  }
  if (error instanceof UploadRefused) {
    const { status, code } = refusals[error.because]
    sendProblem(response, new Problem(status, code, error.message))
    return
  }
  emit?.({ type: 'handlerFailed', stationId: '', action: 'files', error: stackOf(error) })
  sendProblem(response, new Problem(500, 'INTERNAL', 'The file could not be handled.'))
}
