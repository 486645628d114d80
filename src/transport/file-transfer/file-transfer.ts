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
  const guarded = (
    location: string,
    cancel: Cancel,
    transfer: (url: URL, cancel: Cancel) => Promise<TransferOutcome>,
  ): Promise<TransferOutcome> =>
    places.take(async () => {
      const bounded = new Cancel()
      const forget = cancel.onCancel((reason) => bounded.cancel(reason))
      let tooLate: TransferError | undefined
      const inTime = realClock.after(all.longestMs, () => {
        tooLate = new TransferError('failed', `it took longer than ${all.longestMs / 1000} s`)
        bounded.cancel(tooLate.message)
      })
      try {
        bounded.throwIfCancelled()
        return await transfer(readLocation(location), bounded)
      } catch (error) {
        return failureOf(tooLate ?? error)
      } finally {
        inTime()
        forget()
      }
    })
  return {
    download: (location, given) =>
      guarded(location, given, (url, cancel) => {
        switch (url.protocol) {
          case 'http:':
          case 'https:':
            return downloadHttp(url, all, cancel)
          case 'ftp:':
            return downloadFtp(url, all, cancel)
          default:
            throw unsupported(url)
        }
      }),
    upload: (location, fileName, content, given) =>
      guarded(location, given, (url, cancel) => {
        const bytes = Buffer.from(content)
        switch (url.protocol) {
          case 'http:':
          case 'https:':
            return uploadHttp(url, fileName, bytes, all, cancel)
          case 'ftp:':
            return uploadFtp(url, fileName, bytes, all, cancel)
          default:
            throw unsupported(url)
        }
      }),
  }
}

function unsupported({ protocol }: URL): TransferError {
  return new TransferError('unsupported', `files do not travel over ${protocol}`)
}
