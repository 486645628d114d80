import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { codeOf, csmsError, messageOf } from '../../shared/errors.ts'
import { numbered, safeName } from './file-name.ts'

/** What a file server holds at most. */
export interface FileLimits {
  /** Of one upload. */
  readonly longestUploadBytes: number
  /** Uploads that are kept; one more is refused until the operator removes some. */
  readonly mostUploads: number
  /** Of all uploads together. */
  readonly mostBytes: number
  /** Under way at the same time; each is an open file. */
  readonly mostAtOnce: number
}

const fileLimits: FileLimits = {
  longestUploadBytes: 64 * 1024 * 1024,
  mostUploads: 10_000,
  mostBytes: 4 * 1024 * 1024 * 1024,
  mostAtOnce: 256,
}

/** A file as the operator sees it. */
export interface FileEntry {
  readonly name: string
  /** `firmware`: stations may fetch it; `upload`: a station brought it. */
  readonly kind: 'firmware' | 'upload'
  readonly bytes: number
  /** RFC 3339. */
  readonly modifiedAt: string
}

/** Why an upload is not kept. */
export class UploadRefused extends Error {
  readonly because: 'name' | 'tooLarge' | 'full' | 'busy'

  constructor(because: UploadRefused['because'], message: string) {
    super(message)
    this.name = 'UploadRefused'
    this.because = because
  }
}

export interface FileFolderOptions {
  readonly folder: string
  /** Default: `uploads` in it. */
  readonly uploads?: string
  readonly limits?: FileLimits
}

/** How many names of the same beginning are tried. */
const mostNamesakes = 1000

/**
 * The folder of the file server: what lies in it is offered to stations; what they bring goes into
 * `uploads` inside it, is never overwritten, and is shown to the operator only. No name leads out of
 * the folder: only single harmless segments are ever looked up.
 */
export class FileFolder {
  readonly #folder: string
  readonly #uploads: string
  readonly #limits: FileLimits
  /** Uploads that are there or under way, and their bytes. */
  #count: number
  #bytes: number
  #underWay = 0

  /**
   * Makes the folder where it is missing, unless uploads go elsewhere: then it is only read. Throws
   * `CSMS_FILES_UNUSABLE`.
   */
  static async open(options: FileFolderOptions): Promise<FileFolder> {
    const { folder, uploads = join(folder, 'uploads'), limits = fileLimits } = options
    try {
      await mkdir(uploads, { recursive: true })
      await readdir(folder)
      await removeParts(uploads)
      const there = await entriesOf(uploads, 'upload')
      const bytes = there.reduce((sum, entry) => sum + entry.bytes, 0)
      return new FileFolder({ folder, uploads, limits }, there.length, bytes)
    } catch (error) {
      const reason = messageOf(error)
      throw csmsError('CSMS_FILES_UNUSABLE', { path: folder, reason }, error)
    }
  }

  private constructor(
    { folder, uploads, limits }: Required<FileFolderOptions>,
    count: number,
    bytes: number,
  ) {
    this.#folder = folder
    this.#uploads = uploads
    this.#limits = limits
    this.#count = count
    this.#bytes = bytes
  }

  /** What stations may fetch. */
  firmware(): Promise<FileEntry[]> {
    return entriesOf(this.#folder, 'firmware')
  }

  /** What stations brought. */
  uploads(): Promise<FileEntry[]> {
    return entriesOf(this.#uploads, 'upload')
  }

  /** A file that is offered; the caller closes it. */
  openFirmware(name: string): Promise<OpenFile | undefined> {
    return openIn(this.#folder, name)
  }

  /** An upload, for the operator; the caller closes it. */
  openUpload(name: string): Promise<OpenFile | undefined> {
    return openIn(this.#uploads, name)
  }

  /** Keeps what a station brings, under its name or one like it. Throws `UploadRefused`. */
  async store(given: string, content: Readable): Promise<FileEntry> {
    const name = safeName(given)
    if (name === undefined) throw new UploadRefused('name', `"${given}" is no name for a file.`)
    if (this.#count >= this.#limits.mostUploads) {
      throw new UploadRefused('full', `There are ${this.#count} uploads already.`)
    }
    if (this.#underWay >= this.#limits.mostAtOnce) {
      throw new UploadRefused('busy', `${this.#underWay} uploads are under way.`)
    }
    this.#underWay += 1
    this.#count += 1
    const part = join(this.#uploads, `.${randomBytes(8).toString('hex')}.part`)
    let written = 0
    try {
      const file = await open(part, 'wx', 0o600)
      try {
        // Whoever brings it hears why it is refused: its socket is left alone.
        for await (const chunk of content.iterator({ destroyOnReturn: false })) {
          written += await this.#write(file, chunk as Buffer, written)
        }
      } finally {
        await file.close()
      }
      return await this.#publish(part, name)
    } catch (error) {
      this.#count -= 1
      this.#bytes -= written
      throw error
    } finally {
      this.#underWay -= 1
      await rm(part, { force: true })
    }
  }

  /** Removes an upload; false: there is none of this name. */
  async remove(name: string): Promise<boolean> {
    const entry = (await this.uploads()).find((one) => one.name === name)
    if (!entry) return false
    try {
      await unlink(join(this.#uploads, entry.name))
    } catch (error) {
      // Somebody else was quicker.
      if (codeOf(error) === 'ENOENT') return false
      throw error
    }
    this.#count -= 1
    this.#bytes -= entry.bytes
    return true
  }

  async #write(file: FileHandle, chunk: Buffer, before: number): Promise<number> {
    const { longestUploadBytes, mostBytes } = this.#limits
    if (before + chunk.length > longestUploadBytes) {
      throw new UploadRefused('tooLarge', `A file may have ${longestUploadBytes} bytes.`)
    }
    if (this.#bytes + chunk.length > mostBytes) {
      throw new UploadRefused('full', `All uploads together may have ${mostBytes} bytes.`)
    }
    this.#bytes += chunk.length
    try {
      // Not `write`, which stops in the middle of it where the disk is full.
      await file.appendFile(chunk)
    } catch (error) {
      this.#bytes -= chunk.length
      throw error
    }
    return chunk.length
  }

  /** Under a name that nobody has: it is taken with an empty file first, which fails where one is. */
  async #publish(part: string, name: string): Promise<FileEntry> {
    for (let number = 1; number <= mostNamesakes; number += 1) {
      const own = numbered(name, number)
      const path = join(this.#uploads, own)
      if (!(await taken(path))) continue
      await rename(part, path)
      const { size, mtime } = await stat(path)
      return { name: own, kind: 'upload', bytes: size, modifiedAt: mtime.toISOString() }
    }
    throw new UploadRefused('name', `There are ${mostNamesakes} files called ${name} already.`)
  }
}

export interface OpenFile {
  readonly name: string
  readonly bytes: number
  readonly content: Readable
}

/** Makes an empty file; false: there is one of this name. */
async function taken(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close()
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function openIn(folder: string, name: string): Promise<OpenFile | undefined> {
  // What is asked for must be a name as it is: a mended one would be another file's.
  if (name === '' || safeName(name) !== name) return undefined
  let file: FileHandle
  try {
    file = await open(join(folder, name), 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  const about = await file.stat()
  if (!about.isFile()) {
    await file.close()
    return undefined
  }
  return { name, bytes: about.size, content: file.createReadStream() }
}

async function entriesOf(folder: string, kind: FileEntry['kind']): Promise<FileEntry[]> {
  const entries: FileEntry[] = []
  for (const found of await readdir(folder, { withFileTypes: true })) {
    // What could not be fetched by its name is not offered either.
    if (found.isDirectory() || safeName(found.name) !== found.name) continue
    const about = await stat(join(folder, found.name)).catch(() => undefined)
    if (!about?.isFile()) continue
    const { size: bytes, mtime } = about
    entries.push({ name: found.name, kind, bytes, modifiedAt: mtime.toISOString() })
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What a process that was killed left half-written. */
async function removeParts(uploads: string): Promise<void> {
  for (const name of await readdir(uploads)) {
    if (/^\.[0-9a-f]{16}\.part$/.test(name)) await rm(join(uploads, name), { force: true })
  }
}
