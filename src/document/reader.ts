import type { OcppVersion } from '../ocpp/version.ts'
import { nearestName } from '../shared/nearest.ts'
import type { Places, Problem } from './problem.ts'
import { describeNode, type SourceNode, type Span } from './source-node.ts'
import type { StepForms } from './step-form.ts'

/** What a part of a file may refer to: the script of a fleet, what is answered to a station. */
export interface Scope {
  /** Actions are those of one of these. */
  readonly versions: readonly OcppVersion[]
  /** Names that a `save` fills. */
  readonly saved: Set<string>
  /** Names in templates, checked when the whole part has been read. */
  readonly used: { readonly name: string; readonly span: Span }[]
}

/**
 * The text of a file with the name that messages give it, or why it cannot be read, to complete
 * "Cannot read x: ...".
 */
export type ReadOutcome =
  | { readonly text: string; readonly shown: string }
  | { readonly error: string }
export type ReadFile = (path: string) => ReadOutcome

const noFiles: ReadFile = () => ({ error: 'other files cannot be read here' })

export interface ReaderSetting {
  /** Problems found before; what would be reported at their places is an echo of them. */
  readonly known?: readonly Problem[]
  readonly vars?: readonly string[]
  readonly readFile?: ReadFile
  /** Full path of a file that this one names. */
  readonly pathOf?: (path: string) => string
  /** Certificates that this one names are still to be made. */
  readonly beforeCertificates?: boolean
}

/** How many problems one file reports; what follows is mostly echo. */
const mostProblems = 100

/** One reading of one file: collects problems and knows what the part being read may refer to. */
export class Reader {
  readonly steps: StepForms
  /** Names of the file's vars: filled in already, and not to be saved under. */
  readonly vars: readonly string[]
  readonly beforeCertificates: boolean
  readonly #places: Places
  readonly #known: readonly Problem[]
  readonly #problems: Problem[] = []
  readonly #readFile: ReadFile
  readonly #pathOf: (path: string) => string
  #scope: Scope | undefined
  #key: string | undefined

  constructor(
    steps: StepForms,
    places: Places,
    { known = [], vars = [], readFile, pathOf, beforeCertificates = false }: ReaderSetting,
  ) {
    this.steps = steps
    this.vars = vars
    this.beforeCertificates = beforeCertificates
    this.#places = places
    this.#known = known
    this.#readFile = readFile ?? noFiles
    this.#pathOf = pathOf ?? ((path) => path)
  }

  /** In the order of the file; what is wrong in files it names comes last. */
  get problems(): readonly Problem[] {
    return [...this.#known, ...this.#problems].sort(
      (a, b) =>
        (a.source?.file ?? '').localeCompare(b.source?.file ?? '') ||
        a.line - b.line ||
        a.column - b.column,
    )
  }

  /** Of the part that is being read. */
  get scope(): Scope | undefined {
    return this.#scope
  }

  place(span: Span): { readonly line: number; readonly column: number } {
    return this.#places.at(span.start)
  }

  /** Always returns undefined: "no value", for the caller to return in turn. */
  report(span: Span, message: string): undefined {
    const problem = this.#places.problem(span, message)
    const there = (other: Problem) =>
      other.source === undefined && other.line === problem.line && other.column === problem.column
    const isEcho =
      this.#known.some(there) ||
      this.#problems.some((other) => there(other) && other.message === problem.message)
    if (!isEcho && this.#problems.length < mostProblems) this.#problems.push(problem)
    return undefined
  }

  /** Reports a value of the wrong kind. */
  refuse(node: SourceNode, wants: string): undefined {
    if (node.kind === 'scalar' && node.value === null) {
      return this.report(node.span, `Nothing stands here; ${this.subject} wants ${wants}.`)
    }
    const what = describeNode(node)
    const shown = what.slice(0, 1).toUpperCase() + what.slice(1)
    return this.report(node.span, `${shown} is not ${wants}.`)
  }

  /** Takes over what is wrong in a file that this one names. */
  include(problems: readonly Problem[]): undefined {
    for (const problem of problems) {
      const { source, line, column } = problem
      const isKnown = this.#problems.some(
        (other) =>
          other.source?.file === source?.file && other.line === line && other.column === column,
      )
      if (!isKnown && this.#problems.length < mostProblems) this.#problems.push(problem)
    }
    return undefined
  }

  /** A file that this one names, by its path beside it. */
  readFile(path: string): ReadOutcome {
    return this.#readFile(path)
  }

  /** The full path of a file that this one names. */
  pathOf(path: string): string {
    return this.#pathOf(path)
  }

  /** As `report`, with the name that was probably meant among those there are. */
  reportUnknown(
    span: Span,
    message: string,
    word: string,
    names: Iterable<string>,
    listed = 'Known are',
  ): undefined {
    const all = [...names]
    const near = nearestName(word, all)
    if (near !== undefined) return this.report(span, `${message}. Did you mean "${near}"?`)
    if (all.length === 0 || all.length > 30) return this.report(span, `${message}.`)
    return this.report(span, `${message}. ${listed} ${all.join(', ')}.`)
  }

  /** The key whose value is being read, for messages: `maxPower wants a power`. */
  get subject(): string {
    return this.#key ?? 'it'
  }

  /** Reads the value of a key. */
  underKey<Value>(key: string, read: () => Value): Value {
    const outer = this.#key
    this.#key = key
    try {
      return read()
    } finally {
      this.#key = outer
    }
  }

  /** Reads a part of the file. */
  within<Value>(scope: Scope, read: () => Value): Value {
    const outer = this.#scope
    this.#scope = scope
    try {
      return read()
    } finally {
      this.#scope = outer
    }
  }

  /** Reports the names in the part's templates that nothing saves and that are not built in. */
  checkTemplates({ saved, used }: Scope, builtin: Iterable<string>): void {
    const names = [...saved, ...builtin]
    for (const { name, span } of used) {
      const head = name.split('.')[0] ?? name
      if (names.includes(head)) continue
      this.reportUnknown(span, `Nothing saves "{${name}}"`, head, names, 'There are')
    }
  }
}
