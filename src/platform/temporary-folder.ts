import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const removing = { recursive: true, force: true } as const

/**
 * A folder that nothing of this process outlives in: it goes when it is disposed of, and where the
 * process is left before that.
 */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string
  readonly #atExit: () => void

  private constructor(path: string) {
    this.path = path
    this.#atExit = () => rmSync(path, removing)
    process.on('exit', this.#atExit)
  }

  /** @param name how that of the folder begins, `csms-` and what it is for */
  static async make(name: string): Promise<TemporaryFolder> {
    return new TemporaryFolder(await mkdtemp(join(tmpdir(), `${name}-`)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, removing)
    process.off('exit', this.#atExit)
  }
}
