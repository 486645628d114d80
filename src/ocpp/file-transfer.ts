import type { Cancel } from '../shared/cancel.ts'

/**
 * Why a transfer came to nothing, as far as OCPP tells reasons apart [1.6 SWP UploadLogStatusEnumType]:
 * the location is no URL; its scheme is none that the station speaks; the server does not let the
 * station in; there is no such file; the file is larger than the station takes; anything else.
 */
export type TransferFailure =
  | 'badLocation'
  | 'unsupported'
  | 'denied'
  | 'notFound'
  | 'tooLarge'
  | 'failed'

export type TransferOutcome =
  /** `content` is what travelled. */
  | { readonly kind: 'done'; readonly content: Uint8Array }
  /** `reason` is one sentence for people. */
  | { readonly kind: 'failed'; readonly failure: TransferFailure; readonly reason: string }

/**
 * How a station fetches and delivers files: over the network in `transport/file-transfer`, from
 * memory in tests. Never rejects, not even when it is cancelled: then it is `failed`.
 */
export interface FileTransfer {
  /** @param location URL of the file */
  download(location: string, cancel: Cancel): Promise<TransferOutcome>
  /**
   * @param location URL of the folder it goes into, or of the file itself
   * @param fileName what it is called where the location is a folder
   */
  upload(
    location: string,
    fileName: string,
    content: string,
    cancel: Cancel,
  ): Promise<TransferOutcome>
}

/** Where a management system offers files and takes them, without a slash at the end. */
export interface FileServerUrls {
  /** HTTP. */
  readonly files: string
  /** Undefined: not over FTP. */
  readonly ftp: string | undefined
}

const folderEnding = /\/$/
const fileEnding = /\.[A-Za-z0-9]{1,8}$/

/**
 * Whether a location is the folder that a file goes into, as the specification has it [1.6 6.25], or
 * names the file itself, as links signed for one upload do: it has a query, or ends like a file.
 */
export function isFolder(path: string, query: string): boolean {
  if (folderEnding.test(path)) return true
  return query === '' && !fileEnding.test(path)
}
