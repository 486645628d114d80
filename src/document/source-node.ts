/** A stretch of the file's text, as offsets; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type Scalar = string | number | boolean | null

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly value: Scalar
  /** As written, without quotes: `007` stays `007`. */
  readonly text: string
  readonly span: Span
}

interface ListNode {
  readonly kind: 'list'
  readonly items: readonly SourceNode[]
  readonly span: Span
}

export interface SourceEntry {
  readonly key: string
  readonly keySpan: Span
  readonly value: SourceNode
}

export interface MapNode {
  readonly kind: 'map'
  readonly entries: readonly SourceEntry[]
  readonly span: Span
}

/**
 * A value of the file with its place. The scenario language is read from these and knows nothing of
 * YAML: aliases, merge keys and `${ENV}` are already resolved.
 */
export type SourceNode = ScalarNode | ListNode | MapNode

/** A key of a map with its value; undefined: it has no such key. */
export function entryOf(node: MapNode, key: string): SourceEntry | undefined {
  return node.entries.find((entry) => entry.key === key)
}

/** What a person would call it: `the text "abc"`, `a list`. */
export function describeNode(node: SourceNode): string {
  if (node.kind === 'list') return 'a list'
  if (node.kind === 'map') return 'a map of keys and values'
  if (node.value === null) return 'nothing'
  return `"${node.text}"`
}

/** The plain value, places forgotten. */
export function plainValue(node: SourceNode): unknown {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'list') return node.items.map(plainValue)
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainValue(value)]))
}
