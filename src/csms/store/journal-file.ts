import { type FileHandle, open, stat } from 'node:fs/promises'
import process from 'node:process'

/** A file that only grows. Tests put a disk of their own in its place. */
export interface JournalFile {
  /** Bytes appended so far. */
  readonly size: number
  /** Resolves when the operating system has the bytes: they outlive this process. */
  append(bytes: Uint8Array): Promise<void>
  /** Resolves when the disk has all of them: they outlive a power cut. */
  sync(): Promise<void>
  /** Rejects where the file is not in its folder any more. */
  check(): Promise<void>
  close(): Promise<void>
}

/** Where journals are kept. */
export interface JournalDisk {
  /** A new, empty file, in place of one that is there. */
  create(path: string): Promise<JournalFile>
}

export const disk: JournalDisk = {
  create: async (path) => new DiskFile(path, await open(path, 'w')),
}

class DiskFile implements JournalFile {
  readonly #path: string
  readonly #handle: FileHandle
  #size = 0

  constructor(path: string, handle: FileHandle) {
    this.#path = path
    this.#handle = handle
  }

  get size(): number {
    return this.#size
  }

  /** What a failed write left is overwritten by the next. */
  async append(bytes: Uint8Array): Promise<void> {
    let written = 0
    try {
      while (written < bytes.length) {
        const { bytesWritten } = await this.#handle.write(
          bytes,
          written,
          bytes.length - written,
          this.#size + written,
        )
        written += bytesWritten
      }
    } catch (error) {
      await this.#handle.truncate(this.#size).catch(leaveIt)
      throw error
    }
    this.#size += written
  }

  sync(): Promise<void> {
    return this.#handle.datasync()
  }

  async check(): Promise<void> {
    await stat(this.#path)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

/** What is left of a failed write is a torn tail, which a reader leaves out. */
function leaveIt(): void {}

/** Makes what was created, renamed or removed in a folder outlive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; its file system journals such changes itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
