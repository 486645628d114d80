import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const go = process.env['CSMS_TEST_GO'] ?? 'go'
const cwd = join(import.meta.dirname, 'go')

/** A Go of 1.22 or later in PATH, or named by CSMS_TEST_GO, that has or gets the package; or why not. */
const reason =
  spawnSync(go, ['version']).status !== 0
    ? 'no Go; CSMS_TEST_GO=go'
    : spawnSync(go, ['mod', 'download'], { cwd, timeout: 45_000 }).status !== 0
      ? 'its modules cannot be had'
      : undefined

export const missing = reason !== undefined

/** What tests call it: why they are skipped is part of their names. */
export const peer = missing
  ? `the Go package ocpp-go 0.19.0 (skipped: ${reason})`
  : 'the Go package ocpp-go 0.19.0'

/** The program, built; what was built before costs a second. */
export class GoStation implements Disposable {
  readonly path: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'csms-interop-go-'))

  constructor() {
    this.path = join(this.#folder, 'station')
    const build = spawnSync(go, ['build', '-o', this.path, '.'], { cwd, encoding: 'utf8' })
    if (build.status === 0) return
    this[Symbol.dispose]()
    throw new Error(`go build: ${build.stderr}`)
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true })
  }
}
