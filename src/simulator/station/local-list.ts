/** How much a station takes. */
export interface LocalListLimits {
  /** Tokens in the list. */
  readonly longestList: number
  /** Tokens in one update. */
  readonly longestUpdate: number
}

/** What a SendLocalList asks for, in no version's words. */
export interface ListUpdate<Info> {
  readonly version: number
  /** It replaces the list; otherwise it changes it. */
  readonly full: boolean
  /** An entry without info takes its token off the list. Letter case makes no difference. */
  readonly entries: readonly { readonly token: string; readonly info: Info | undefined }[]
}

/** How an update of the list went [1.6 5.15, 2.0.1 D01]. */
export type ListUpdateStatus = 'Accepted' | 'Failed' | 'VersionMismatch'

/**
 * The local authorization list of one station [1.6 3.5.2] [2.0.1 D01]. Nothing but SendLocalList
 * changes it; it survives reboots. An update is applied whole or not at all.
 */
export class LocalList<Info> {
  /** By token in lower case. */
  #entries: ReadonlyMap<string, Info> = new Map()
  #version = 0

  /** 0 = there is nothing in it [1.6 5.10] [2.0.1 D02.FR.02, FR.03]. */
  get version(): number {
    return this.#entries.size === 0 ? 0 : this.#version
  }

  get size(): number {
    return this.#entries.size
  }

  get(token: string): Info | undefined {
    return this.#entries.get(token.toLowerCase())
  }

  /** No list may have version 0 or less [1.6 errata 3.52] [2.0.1 D01.FR.18]. */
  update(
    { version, full, entries: given }: ListUpdate<Info>,
    limits: LocalListLimits,
  ): ListUpdateStatus {
    if (version <= 0 || given.length > limits.longestUpdate) return 'Failed'
    if (!full && version <= this.version) return 'VersionMismatch'
    const entries = full ? wholeList(given) : changed(this.#entries, given)
    if (!entries || entries.size > limits.longestList) return 'Failed'
    this.#entries = entries
    this.#version = version
    return 'Accepted'
  }
}

type Entries<Info> = ListUpdate<Info>['entries']

/** Undefined where a token comes twice, or without what the list is to say of it. */
function wholeList<Info>(given: Entries<Info>): ReadonlyMap<string, Info> | undefined {
  const entries = new Map<string, Info>()
  for (const { token, info } of given) {
    if (info !== undefined) entries.set(token.toLowerCase(), info)
  }
  return entries.size === given.length ? entries : undefined
}

/** An entry without info takes the token off the list [1.6 7.1] [2.0.1 D01.FR.17]. */
function changed<Info>(
  known: ReadonlyMap<string, Info>,
  given: Entries<Info>,
): ReadonlyMap<string, Info> | undefined {
  const entries = new Map(known)
  const seen = new Set<string>()
  for (const { token, info } of given) {
    const key = token.toLowerCase()
    seen.add(key)
    if (info === undefined) entries.delete(key)
    else entries.set(key, info)
  }
  return seen.size === given.length ? entries : undefined
}
