import type { FileTransfer, TransferOutcome } from '../../ocpp/file-transfer.ts'
import { realClock } from '../../platform/real-clock.ts'
import { Cancel } from '../../shared/cancel.ts'
import { downloadFtp, uploadFtp } from './ftp-transfer.ts'
import { downloadHttp, uploadHttp } from './http-transfer.ts'
import { failureOf, readLocation, TransferError } from './location.ts'
import { Places } from './places.ts'
import type { TransferOptions } from './transfer-options.ts'

export interface FileTransferOptions extends Partial<TransferOptions> {
  /** Transfers under way at once; more wait. Default 64: a whole fleet may be told to update. */
  readonly atOnce?: number
}

/** Files over HTTP, HTTPS and FTP, for all stations of a process. */
export function fileTransfer(options: FileTransferOptions = {}): FileTransfer {
  const all: TransferOptions = {
    timeoutMs: 30_000,
    longestMs: 15 * 60_000,
    longestDownloadBytes: 64 * 1024 * 1024,
    insecure: false,
    ...options,
  }
  const places = new Places(options.atOnce ?? 64)
  return {
    download: (location, given) =>
      places.take(() =>
        withinTime(all.longestMs, given, (cancel) => download(readLocation(location), all, cancel)),
      ),
    upload: (location, fileName, content, given) =>
      places.take(() =>
        withinTime(all.longestMs, given, (cancel) =>
          upload(readLocation(location), fileName, Buffer.from(content), all, cancel),
        ),
      ),
  }
}

/** What becomes of a transfer that may be called off, and may take so long. Never rejects. */
async function withinTime(
  longestMs: number,
  given: Cancel,
  transfer: (cancel: Cancel) => Promise<TransferOutcome>,
): Promise<TransferOutcome> {
  const bounded = new Cancel()
  const forget = given.onCancel((reason) => bounded.cancel(reason))
  let tooLate: TransferError | undefined
  const inTime = realClock.after(longestMs, () => {
    tooLate = new TransferError('failed', `it took longer than ${longestMs / 1000} s`)
    bounded.cancel(tooLate.message)
  })
  try {
    bounded.throwIfCancelled()
    return await transfer(bounded)
  } catch (error) {
    return failureOf(tooLate ?? error)
  } finally {
    inTime()
    forget()
  }
}

function download(url: URL, options: TransferOptions, cancel: Cancel): Promise<TransferOutcome> {
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return downloadHttp(url, options, cancel)
    case 'ftp:':
      return downloadFtp(url, options, cancel)
    default:
      throw unsupported(url)
  }
}

function upload(
  url: URL,
  fileName: string,
  content: Buffer,
  options: TransferOptions,
  cancel: Cancel,
): Promise<TransferOutcome> {
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return uploadHttp(url, fileName, content, options, cancel)
    case 'ftp:':
      return uploadFtp(url, fileName, content, options, cancel)
    default:
      throw unsupported(url)
  }
}

function unsupported({ protocol }: URL): TransferError {
  return new TransferError('unsupported', `files do not travel over ${protocol}`)
}
