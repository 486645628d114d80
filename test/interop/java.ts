import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const sources = join(import.meta.dirname, 'java')

/** Another release than the one that the pom names, perhaps one of the local Maven repository only. */
const release = process.env['CSMS_TEST_JAVA_OCA']

interface Found {
  /** The libraries. */
  readonly classPath?: string
  /** Why there are none. */
  readonly reason?: string
}

function find(): Found {
  const isThere = (command: string) => spawnSync(command, ['-version']).status === 0
  if (!isThere('javac') || !isThere('mvn')) return { reason: 'no JDK, or no Maven' }
  const folder = mkdtempSync(join(tmpdir(), 'csms-interop-java-'))
  try {
    const file = join(folder, 'class-path')
    const version = release === undefined ? [] : [`-Docpp2.version=${release}`]
    const args = ['-q', '-B', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`, ...version]
    const maven = spawnSync('mvn', args, { cwd: sources, timeout: 45_000 })
    if (maven.status !== 0) return { reason: 'Maven has no eu.chargetime.ocpp:ocpp2' }
    return { classPath: readFileSync(file, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const { classPath = '', reason } = find()

const knows = (className: string) =>
  spawnSync('javap', ['-classpath', classPath, className]).status === 0

/** Why there is no peer of this version. */
export function missing(protocol: 'ocpp2.0.1' | 'ocpp2.1'): string | undefined {
  if (reason !== undefined) return reason
  const isKnown = protocol === 'ocpp2.0.1' || knows('eu.chargetime.ocpp.v21.model.types.EVSE')
  return isKnown ? undefined : 'no release has it yet; CSMS_TEST_JAVA_OCA=version of a build'
}

/** The program, compiled. */
export class JavaServer implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'csms-interop-java-'))

  constructor() {
    const args = ['-cp', classPath, '-d', this.#folder, join(sources, 'Server.java')]
    const compiled = spawnSync('javac', args, { encoding: 'utf8' })
    if (compiled.status === 0) return
    this[Symbol.dispose]()
    throw new Error(`javac: ${compiled.stderr}`)
  }

  args(protocol: string): readonly string[] {
    return ['-cp', `${this.#folder}${delimiter}${classPath}`, 'Server', protocol]
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true })
  }
}
