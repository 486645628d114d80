import {
  type ClientRequest,
  type IncomingMessage,
  request as plainRequest,
  type RequestOptions,
} from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isFolder, type TransferOutcome } from '../../ocpp/file-transfer.ts'
import type { Cancel } from '../../shared/cancel.ts'
import { credentialsOf, TransferError } from './location.ts'
import type { TransferOptions } from './transfer-options.ts'

/** A firmware server that hands on to a store of files, and that to another; no more. */
const mostRedirects = 4
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** GET, following redirects, no more than the limit. Throws `TransferError` or an error of Node. */
export async function downloadHttp(
  location: URL,
  options: TransferOptions,
  cancel: Cancel,
): Promise<TransferOutcome> {
  let url = location
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const response = await exchange(url, { method: 'GET' }, undefined, options, cancel)
    const { statusCode = 0, headers } = response
    if (redirects.has(statusCode) && headers.location !== undefined) {
      response.destroy()
      url = redirected(url, headers.location)
      continue
    }
    checkStatus(response, url)
    return { kind: 'done', content: await bodyOf(response, options.longestDownloadBytes) }
  }
  throw new TransferError('failed', `${shown(location)} redirects more than ${mostRedirects} times`)
}

/** PUT of the content. Throws `TransferError` or an error of Node. */
export async function uploadHttp(
  location: URL,
  fileName: string,
  content: Buffer,
  options: TransferOptions,
  cancel: Cancel,
): Promise<TransferOutcome> {
  const url = new URL(location)
  if (isFolder(url.pathname, url.search)) {
    url.pathname = `${url.pathname.replace(/\/$/, '')}/${encodeURIComponent(fileName)}`
  }
  const headers = {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': content.length,
  }
  const response = await exchange(url, { method: 'PUT', headers }, content, options, cancel)
  checkStatus(response, url)
  // What else the server says may have no end.
  response.destroy()
  return { kind: 'done', content }
}

/** Credentials stay with whom they were given to: the same host, and not in plain if it was TLS. */
function redirected(from: URL, to: string): URL {
  const url = new URL(to, from)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TransferError('unsupported', `${shown(from)} redirects to ${url.protocol}`)
  }
  if (url.origin === from.origin && url.username === '') {
    url.username = from.username
    url.password = from.password
  }
  return url
}

function exchange(
  url: URL,
  how: RequestOptions,
  body: Buffer | undefined,
  { timeoutMs, ca, insecure }: TransferOptions,
  cancel: Cancel,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const credentials = credentialsOf(url)
    const sent: ClientRequest = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, {
      ...how,
      agent: false,
      ...(credentials && { auth: `${credentials.user}:${credentials.password}` }),
      ...(url.protocol === 'https:' && {
        rejectUnauthorized: !insecure,
        ...(ca !== undefined && { ca }),
      }),
    })
    const forget = cancel.onCancel((reason) => sent.destroy(new Error(reason)))
    sent.setTimeout(timeoutMs, () => {
      sent.destroy(new Error(`${shown(url)} said nothing for ${timeoutMs / 1000} s`))
    })
    sent.on('close', forget)
    sent.on('error', reject)
    sent.on('response', resolve)
    sent.end(body)
  })
}

function checkStatus(response: IncomingMessage, url: URL): void {
  const { statusCode = 0 } = response
  if (statusCode >= 200 && statusCode < 300) return
  response.destroy()
  const reason = `${shown(url)} answered HTTP ${statusCode}`
  if (statusCode === 401 || statusCode === 403) throw new TransferError('denied', reason)
  if (statusCode === 404 || statusCode === 410) throw new TransferError('notFound', reason)
  throw new TransferError(statusCode === 413 ? 'tooLarge' : 'failed', reason)
}

async function bodyOf(response: IncomingMessage, longest: number): Promise<Buffer> {
  const tooLarge = (): TransferError => {
    response.destroy()
    return new TransferError('tooLarge', `the file has more than ${longest} bytes`)
  }
  if (Number(response.headers['content-length'] ?? 0) > longest) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > longest) throw tooLarge()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

/** Without its credentials. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}
