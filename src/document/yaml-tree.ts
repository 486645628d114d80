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
  visit,
  type Scalar as YamlScalar,
} from 'yaml'
import { nearestName } from '../shared/nearest.ts'
import { fillVars } from './expressions.ts'
import type { Places, Problem } from './problem.ts'
import type { MapNode, Scalar, ScalarNode, SourceEntry, SourceNode, Span } from './source-node.ts'
import { retyped, type Var, type VarSettings, varName, wrongSetting } from './vars.ts'

/** Aliases may multiply a file, but not without end. */
const mostNodes = 100_000
const deepest = 60

/** Where `${NAME}` comes from. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A file as a tree. */
export interface YamlTree {
  /** Undefined where its form is wrong. */
  readonly root: SourceNode | undefined
  readonly problems: readonly Problem[]
  /** In the order of the file. */
  readonly vars: readonly Var[]
}

/**
 * Reads YAML into a tree with places; everything wrong with its form is reported at once. Vars and
 * the environment are filled in.
 *
 * @param settings vars of the command line; whether they are good is checked with the plan
 */
export function readYamlTree(
  text: string,
  places: Places,
  environment: Environment,
  settings: VarSettings = {},
): YamlTree {
  const document = parseDocument(shielded(text), { prettyErrors: false, uniqueKeys: true })
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    places.problem({ start: pos[0], end: Math.max(pos[1], pos[0] + 1) }, sentence(message)),
  )
  if (problems.length > 0) return { root: undefined, problems, vars: [] }
  const converter = new Converter(document, places, environment)
  converter.readVars(settings)
  const root = document.contents
    ? converter.convert(document.contents, 0)
    : ({ kind: 'map', entries: [], span: { start: 0, end: 1 } } as const)
  const { gaveUp, vars } = converter
  return { root: gaveUp ? undefined : root, problems: converter.problems, vars }
}

/**
 * `${name}` is not a plain scalar within `[...]` and `{...}`: braces begin a map there. So that it may
 * stand everywhere its signs are replaced, one by one, by such as YAML knows nothing of.
 */
const shields = ['\uE000', '\uE001', '\uE002'] as const

function shielded(text: string): string {
  const [dollar, open, close] = shields
  return text.replace(/\$\{(\w*)\}/g, (_whole, name: string) => dollar + open + name + close)
}

function unshielded(text: string): string {
  const [dollar, open, close] = shields
  if (!text.includes(dollar)) return text
  return text.replaceAll(dollar, '$').replaceAll(open, '{').replaceAll(close, '}')
}

function sentence(message: string): string {
  const [line = message] = message.split('\n')
  return `${line.slice(0, 1).toUpperCase()}${line.slice(1)}${/[.!?]$/.test(line) ? '' : '.'}`
}

/** The last node above each alias that has its anchor; `Alias.resolve` would walk the document for each. */
function targetsOf(document: Document): ReadonlyMap<Alias, Node> {
  const anchored = new Map<string, Node>()
  const targets = new Map<Alias, Node>()
  visit(document, {
    Node(_key, node) {
      const target = isAlias(node) ? anchored.get(node.source) : undefined
      if (isAlias(node) && target) targets.set(node, target)
      if (!isAlias(node) && node.anchor !== undefined) anchored.set(node.anchor, node)
    },
  })
  return targets
}

class Converter {
  readonly problems: Problem[] = []
  readonly #document: Document
  readonly #targets: ReadonlyMap<Alias, Node>
  readonly #places: Places
  readonly #environment: Environment
  #vars = new Map<string, Var>()
  #nodes = 0
  #gaveUp = false
  /** The scalar converted last took something from the environment. */
  #usedEnvironment = false

  constructor(document: Document, places: Places, environment: Environment) {
    this.#document = document
    this.#targets = targetsOf(document)
    this.#places = places
    this.#environment = environment
  }

  get vars(): readonly Var[] {
    return [...this.#vars.values()]
  }

  /** Reads `vars` before the rest; each may name those above it. */
  readVars(settings: VarSettings): void {
    const { contents } = this.#document
    const pair = isMap(contents)
      ? contents.items.find(({ key }) => isScalar(key) && key.value === 'vars')
      : undefined
    if (!isMap(pair?.value)) return
    for (const { key, value } of pair.value.items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (!varName.test(name)) continue
      this.#usedEnvironment = false
      const node = this.convert(value, 0, spanOf(key, { start: 0, end: 1 }))
      if (node.kind === 'scalar') this.#addVar(name, node, settings)
    }
  }

  #addVar(name: string, { value, text }: ScalarNode, settings: VarSettings): void {
    const given = Object.prototype.hasOwnProperty.call(settings, name) ? settings[name] : undefined
    const fromEnvironment = this.#usedEnvironment
    // What is wrong is told where the var stands, and not again wherever it is used.
    if (given === undefined || wrongSetting(given, value, text) !== undefined) {
      const from = fromEnvironment ? 'environment' : 'file'
      this.#vars.set(name, { name, value, text, from, fileText: undefined })
      return
    }
    const fileText = value === null || fromEnvironment ? undefined : text
    const from = 'command line'
    this.#vars.set(name, { name, value: retyped(given), text: given, from, fileText })
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
    const target = this.#targets.get(alias)
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
      const name = isScalar(key) ? unshielded(String(key.value)) : undefined
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
    const read = scalarValue(node.value)
    const value = typeof read === 'string' ? unshielded(read) : read
    const plain = node.type === 'PLAIN'
    const isTemplate = typeof value === 'string' && /[${]/.test(value)
    if (!isTemplate) {
      const text = plain ? unshielded(node.source ?? String(value)) : String(value)
      return { kind: 'scalar', value, text, span }
    }
    const filled = value.includes('${') ? this.#fillIn(value, span) : value
    const { value: kept, text } = fillVars(filled, (name) => this.#vars.get(name))
    const isNew = plain && text !== value && typeof kept === 'string'
    return { kind: 'scalar', value: isNew ? retyped(kept) : kept, text, span }
  }

  /** `${name}` is a var of the file or else the environment's, `$${name}` is that text itself. */
  #fillIn(text: string, span: Span): string {
    return text.replace(/\$?\$\{([^}]*)\}/g, (whole, name: string) => {
      if (whole.startsWith('$$')) return whole.slice(1)
      const known = this.#vars.get(name)
      if (known) {
        this.#usedEnvironment ||= known.from === 'environment'
        return known.text
      }
      const value = this.#environment[name]
      this.#usedEnvironment = true
      if (value !== undefined) return value
      this.#report(span, this.#unknownName(name))
      return whole
    })
  }

  #unknownName(name: string): string {
    const near = nearestName(name, this.#vars.keys())
    if (near !== undefined) return `There is no var "${name}". Did you mean "${near}"?`
    const missing = `The environment has no variable "${name}"`
    return this.#vars.size === 0 ? `${missing}.` : `${missing}, and "vars" has none either.`
  }

  #report(span: Span, message: string): void {
    const problem = this.#places.problem(span, message)
    const isEcho = this.problems.some(
      ({ line, column, message: said }) =>
        line === problem.line && column === problem.column && said === message,
    )
    if (!isEcho) this.problems.push(problem)
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
