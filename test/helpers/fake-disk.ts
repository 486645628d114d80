import type { JournalDisk, JournalFile } from '../../src/csms/store/journal-file.ts'

/** A disk of so many bytes, whose writes and syncs can be made to wait or to fail. */
export class FakeDisk implements JournalDisk {
  readonly files = new Map<string, Buffer>()
  /** Bytes that are left; a write that does not fit fails as a whole. */
  space = Number.POSITIVE_INFINITY
  syncs = 0
  /** Thrown by every sync while it is set. */
  syncError: Error | undefined
  /** While set, appends wait. */
  #gate: Promise<void> | undefined
  #open: () => void = () => undefined

  create(path: string): Promise<JournalFile> {
    this.files.set(path, Buffer.alloc(0))
    return Promise.resolve(new FakeFile(this, path))
  }

  /** All files as one text. */
  get text(): string {
    return Buffer.concat([...this.files.values()]).toString()
  }

  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  release(): void {
    this.#gate = undefined
    this.#open()
  }

  async append(path: string, bytes: Uint8Array): Promise<void> {
    await this.#gate
    if (bytes.length > this.space) throw new Error('ENOSPC: no space left on device, write')
    this.space -= bytes.length
    this.files.set(path, Buffer.concat([this.files.get(path) ?? Buffer.alloc(0), bytes]))
  }
}

class FakeFile implements JournalFile {
  readonly #disk: FakeDisk
  readonly #path: string
  size = 0

  constructor(disk: FakeDisk, path: string) {
    this.#disk = disk
    this.#path = path
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.#disk.append(this.#path, bytes)
    this.size += bytes.length
  }

  async sync(): Promise<void> {
    this.#disk.syncs += 1
    if (this.#disk.syncError) throw this.#disk.syncError
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {}
}
