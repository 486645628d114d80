import type { Readable } from 'node:stream'

/** What an FTP server shows and takes: one flat folder of files, and one that only swallows. */
export interface FtpFiles {
  list(): Promise<readonly { readonly name: string; readonly bytes: number }[]>
  /** Undefined: there is no such file. */
  open(name: string): Promise<{ readonly bytes: number; readonly content: Readable } | undefined>
  /** Throws `FtpRefusal`. */
  store(name: string, content: Readable): Promise<void>
}

/** Why a file is not taken, as a reply [RFC 959 4.2.1]. */
export class FtpRefusal extends Error {
  /** 450: too many at once; 451: the disk is at fault; 552: too much of it; 553: not by that name. */
  readonly reply: 450 | 451 | 552 | 553

  constructor(reply: FtpRefusal['reply'], reason: string) {
    super(reason)
    this.name = 'FtpRefusal'
    this.reply = reply
  }
}
