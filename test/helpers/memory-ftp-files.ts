import { Readable } from 'node:stream'
import type { FtpFiles, FtpRefusal } from '../../src/transport/ftp-server/ftp-files.ts'

/** What an FTP server of a test holds, and what was brought to it. */
export class MemoryFtpFiles implements FtpFiles {
  readonly stored = new Map<string, Buffer>()
  readonly #files: Readonly<Record<string, Buffer>>
  readonly #refusal: (() => FtpRefusal) | undefined

  constructor(files: Readonly<Record<string, Buffer>>, refusal?: () => FtpRefusal) {
    this.#files = files
    this.#refusal = refusal
  }

  list() {
    const entries = Object.entries(this.#files)
    return Promise.resolve(entries.map(([name, { length: bytes }]) => ({ name, bytes })))
  }

  open(name: string) {
    const file = Object.hasOwn(this.#files, name) ? this.#files[name] : undefined
    return Promise.resolve(file && { bytes: file.length, content: Readable.from([file]) })
  }

  async store(name: string, content: Readable): Promise<void> {
    if (this.#refusal) throw this.#refusal()
    const chunks: Buffer[] = []
    for await (const chunk of content) chunks.push(chunk as Buffer)
    this.stored.set(name, Buffer.concat(chunks))
  }
}
