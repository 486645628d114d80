import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar as YamlScalar,
} from 'yaml'
import type { Places, Problem } from './problem.ts'
import type { MapNode, Scalar, SourceEntry, SourceNode, Span } from './source-node.ts'

/** Aliases may multiply a file, but not without end. */
const mostNodes = 100_000
const deepest = 60

/** Where `${NAME}` comes from. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Reads YAML into a tree with places; everything wrong with its form is reported at once. */
export function readYamlTree(
  text: string,
  places: Places,
  environment: Environment,
): { readonly root: SourceNode | undefined; readonly problems: readonly Problem[] } {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true })
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    places.problem({ start: pos[0], end: Math.max(pos[1], pos[0] + 1) }, sentence(message)),
  )
  if (problems.length > 0) return { root: undefined, problems }
  const converter = new Converter(document, places, environment)
  const root = document.contents
    ? converter.convert(document.contents, 0)
    : ({ kind: 'map', entries: [], span: { start: 0, end: 1 } } as const)
  return { root: converter.gaveUp ? undefined : root, problems: converter.problems }
}

function sentence(message: string): string {
  const [line = message] = message.split('\n')
  return `${line.slice(0, 1).toUpperCase()}${line.slice(1)}${/[.!?]$/.test(line) ? '' : '.'}`
}

class Converter {
  readonly problems: Problem[] = []
  readonly #document: Document
  readonly #places: Places
  readonly #environment: Environment
  #nodes = 0
  #gaveUp = false

  constructor(document: Document, places: Places, environment: Environment) {
    this.#document = document
    this.#places = places
    this.#environment = environment
  }

  /** It was too much: the tree is not whole. */
  get gaveUp(): boolean {
    return this.#gaveUp
  }

  convert(node: unknown, depth: number, fallback: Span = { start: 0, end: 1 }): SourceNode {
    const span = spanOf(node, fallback)
    this.#nodes += 1
    if (this.#nodes > mostNodes || depth > deepest) return this.#tooMuch(span)
    if (isAlias(node)) return this.#resolve(node, span, depth)
    if (isMap(node)) {
      return { kind: 'map', span, entries: this.#entries(node.items, span, depth) }
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item, depth + 1, span))
      return { kind: 'list', span, items }
    }
    if (isScalar(node)) return this.#scalar(node, span)
    return { kind: 'scalar', value: null, text: '', span }
  }

  #tooMuch(span: Span): SourceNode {
    if (!this.#gaveUp) {
      this.#report(span, `More than ${mostNodes} values or ${deepest} levels; are aliases nested?`)
      this.#gaveUp = true
    }
    return { kind: 'scalar', value: null, text: '', span }
  }

  #resolve(alias: Alias, span: Span, depth: number): SourceNode {
    const target: Node | undefined = alias.resolve(this.#document)
    if (target) return this.convert(target, depth + 1, span)
    this.#report(span, `Nothing has the anchor "&${alias.source}".`)
    return { kind: 'scalar', value: null, text: '', span }
  }

  /** `<<: *base` brings the entries of other maps; the map's own win. */
  #entries(pairs: readonly Pair[], span: Span, depth: number): SourceEntry[] {
    const own: SourceEntry[] = []
    const merged: SourceEntry[] = []
    for (const { key, value } of pairs) {
      const keySpan = spanOf(key, span)
      const node = this.convert(value, depth + 1, keySpan)
      const name = isScalar(key) ? String(key.value) : undefined
      if (name === undefined) this.#report(keySpan, 'A key is a plain word here.')
      else if (name === '<<') merged.push(...this.#mergeable(node, keySpan))
      else own.push({ key: name, keySpan, value: node })
    }
    const names = new Set(own.map(({ key }) => key))
    for (const entry of merged) {
      if (!names.has(entry.key)) own.push(entry)
      names.add(entry.key)
    }
    return own
  }

  #mergeable(node: SourceNode, keySpan: Span): readonly SourceEntry[] {
    const maps = node.kind === 'list' ? node.items : [node]
    if (maps.every((one): one is MapNode => one.kind === 'map')) {
      return maps.flatMap(({ entries }) => entries)
    }
    this.#report(keySpan, '"<<" wants a map, or a list of maps, like *base.')
    return []
  }

  #scalar(node: YamlScalar, span: Span): SourceNode {
    const value = scalarValue(node.value)
    const plain = node.type === 'PLAIN'
    if (typeof value !== 'string' || !value.includes('${')) {
      return {
        kind: 'scalar',
        value,
        text: plain ? (node.source ?? String(value)) : String(value),
        span,
      }
    }
    const text = this.#fillIn(value, span)
    return { kind: 'scalar', value: plain ? retyped(text) : text, text, span }
  }

  /** `${NAME}` is the environment's, `$${NAME}` is that text itself. */
  #fillIn(text: string, span: Span): string {
    return text.replace(/\$?\$\{([^}]*)\}/g, (whole, name: string) => {
      if (whole.startsWith('$$')) return whole.slice(1)
      const value = this.#environment[name]
      if (value !== undefined) return value
      this.#report(span, `The environment has no variable "${name}".`)
      return whole
    })
  }

  #report(span: Span, message: string): void {
    this.problems.push(this.#places.problem(span, message))
  }
}

function spanOf(node: unknown, fallback: Span): Span {
  const range =
    isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined
  if (!range) return fallback
  return { start: range[0], end: Math.max(range[1], range[0] + 1) }
}

function scalarValue(value: unknown): Scalar {
  const simple =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return simple ? value : null
}

/** What an unquoted `${COUNT}` stands for once it is filled in. */
function retyped(text: string): Scalar {
  if (text === 'true') return true
  if (text === 'false') return false
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}
