import { Readable, Writable } from 'node:stream'
import { Client, FTPError } from 'basic-ftp'
import { isFolder, type TransferOutcome } from '../../ocpp/file-transfer.ts'
import type { Cancel } from '../../shared/cancel.ts'
import { credentialsOf, decoded, TransferError } from './location.ts'
import type { TransferOptions } from './transfer-options.ts'

/** RETR of the path. Throws `TransferError` or an error of the network. */
export async function downloadFtp(
  url: URL,
  options: TransferOptions,
  cancel: Cancel,
): Promise<TransferOutcome> {
  const path = pathOf(url)
  const file = new Gathered(options.longestDownloadBytes)
  await session(url, options, cancel, (client) => client.downloadTo(file, path))
  return { kind: 'done', content: file.content() }
}

/** STOR into the folder of the path, or at the path. Throws `TransferError` or a network error. */
export async function uploadFtp(
  url: URL,
  fileName: string,
  content: Buffer,
  options: TransferOptions,
  cancel: Cancel,
): Promise<TransferOutcome> {
  const path = pathOf(url)
  const target = isFolder(path, url.search) ? `${path.replace(/\/$/, '')}/${fileName}` : path
  await session(url, options, cancel, (client) =>
    client.uploadFrom(Readable.from([content]), target),
  )
  return { kind: 'done', content }
}

async function session(
  url: URL,
  { timeoutMs }: TransferOptions,
  cancel: Cancel,
  use: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client(timeoutMs)
  const forget = cancel.onCancel(() => client.close())
  const { user, password } = credentialsOf(url) ?? { user: 'anonymous', password: 'station@' }
  try {
    await client.access({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? 21 : Number(url.port),
      user,
      password,
    })
    await use(client)
  } catch (error) {
    throw error instanceof FTPError ? refused(error) : error
  } finally {
    forget()
    client.close()
  }
}

/** The meaning of a reply [RFC 959 4.2.1]. */
function refused(error: FTPError): TransferError {
  switch (error.code) {
    case 530:
    case 532:
      return new TransferError('denied', error.message)
    case 550:
      return new TransferError('notFound', error.message)
    case 552:
      return new TransferError('tooLarge', error.message)
    case 553:
      return new TransferError('denied', error.message)
    default:
      return new TransferError('failed', error.message)
  }
}

/** A path of a URL is relative to where the login leads; a control character would be a command. */
function pathOf(url: URL): string {
  const path = decoded(url.pathname).replace(/^\//, '')
  for (const char of path) {
    if (char < ' ') throw new TransferError('badLocation', 'the path holds a control character')
  }
  return path
}

/** Gathers a stream up to a limit. */
class Gathered extends Writable {
  readonly #longest: number
  readonly #chunks: Buffer[] = []
  #length = 0

  constructor(longest: number) {
    super()
    this.#longest = longest
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error) => void): void {
    this.#length += chunk.length
    if (this.#length > this.#longest) {
      done(new TransferError('tooLarge', `the file has more than ${this.#longest} bytes`))
      return
    }
    this.#chunks.push(chunk)
    done()
  }

  content(): Buffer {
    return Buffer.concat(this.#chunks)
  }
}
