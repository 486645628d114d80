/** A value that is known only while a case is played: of a fixture, or saved from a frame. */
export interface ValueRef {
  readonly $value: string
}

/** `token`, `invalidToken`, `transactionId` ... */
export function value(name: string): ValueRef {
  return { $value: name }
}

/** The idToken of a fixture as 2.x says it; all of them are of the fixture's one `tokenType`. */
export function tokenOf(fixture: string): { readonly idToken: ValueRef; readonly type: ValueRef } {
  return { idToken: value(fixture), type: value('tokenType') }
}

/** The time of the frame, or so many seconds away from it; RFC 3339. */
export function now(awaySeconds = 0): ValueRef {
  return { $value: `now${awaySeconds < 0 ? '' : '+'}${awaySeconds}` }
}

/** An id that no other play has, the same wherever the case names it; at most 36 characters. */
export function fresh(name: string): ValueRef {
  return { $value: `fresh:${name}` }
}

/** 0, 1, 2 ...: one more every time it is said. */
export function counted(name: string): ValueRef {
  return { $value: `count:${name}` }
}

/** A payload in which any part may be a value of the case. */
export type Filled<T> =
  | ValueRef
  | (T extends readonly (infer Item)[]
      ? readonly Filled<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]: Filled<T[Key]> }
        : T)

/** What a frame may look like beyond "exactly this": see `src/ocpp/matchers`. */
export type Operator =
  | '$any'
  | '$absent'
  | { readonly $oneOf: readonly unknown[] }
  | { readonly $not: unknown }
  | { readonly $regex: string }
  | { readonly $between: readonly [number, number] }
  | { readonly $length: number }
  | { readonly $contains: unknown }

/** What is expected of a payload: only what is named is compared. */
export type Matching<T> =
  | Operator
  | ValueRef
  | (T extends readonly (infer Item)[]
      ? readonly Matching<Item>[]
      : T extends object
        ? { readonly [Key in keyof T]?: Matching<T[Key]> }
        : T)

export const any: Operator = '$any'
export const absent: Operator = '$absent'
export const oneOf = (...values: readonly unknown[]): Operator => ({ $oneOf: values })
/** One of these, or nothing at all. */
export const optional = (...values: readonly unknown[]): Operator => ({
  $oneOf: [...values, '$absent'],
})
/** These and no more, whichever comes first; a handful at most. */
export function inAnyOrder(items: readonly unknown[]): Operator {
  return oneOf(...ordersOf(items))
}

function ordersOf(items: readonly unknown[]): readonly (readonly unknown[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, at) =>
    ordersOf(items.filter((_, other) => other !== at)).map((rest) => [item, ...rest]),
  )
}

export const not = (matcher: unknown): Operator => ({ $not: matcher })
export const regex = (pattern: string): Operator => ({ $regex: pattern })

/** What a case knows while it is played, by name. */
export class CaseValues {
  readonly #values: Map<string, unknown>
  readonly #wallMs: () => number
  readonly #freshId: () => string

  /**
   * @param wallMs what the station's clock shows, milliseconds since the epoch
   * @param freshId an id that nobody had before
   */
  constructor(
    fixtures: Readonly<Record<string, unknown>>,
    wallMs: () => number,
    freshId: () => string,
  ) {
    this.#values = new Map(Object.entries(fixtures))
    this.#wallMs = wallMs
    this.#freshId = freshId
  }

  get(name: string): unknown {
    return this.#values.get(name)
  }

  set(name: string, found: unknown): void {
    this.#values.set(name, found)
  }

  /** The template with its values in place. Throws `MissingValue` for one that nobody has. */
  fill(template: unknown): unknown {
    if (Array.isArray(template)) return template.map((item) => this.fill(item))
    if (typeof template !== 'object' || template === null) return template
    const { $value: name } = template as Partial<ValueRef>
    if (typeof name === 'string') {
      const [, away] = /^now([+-]\d+)$/.exec(name) ?? []
      if (away !== undefined) return new Date(this.#wallMs() + Number(away) * 1000).toISOString()
      this.#make(name)
      if (!this.#values.has(name)) throw new MissingValue(name)
      return this.#values.get(name)
    }
    return Object.fromEntries(
      Object.entries(template).map(([key, inner]) => [key, this.fill(inner)]),
    )
  }

  /** What comes into being by being named. */
  #make(name: string): void {
    if (name.startsWith('count:')) {
      const before = this.#values.get(name)
      this.#values.set(name, typeof before === 'number' ? before + 1 : 0)
    } else if (name.startsWith('fresh:') && !this.#values.has(name)) {
      this.#values.set(name, this.#freshId())
    }
  }

  /** As `fill`, for a payload. */
  payload(template: object): object {
    return this.fill(template) as object
  }
}

/** A fixture that is not there, or a frame that did not come: the case cannot be judged. */
export class MissingValue extends Error {
  readonly value: string

  constructor(value: string) {
    super(`there is no value "${value}"`)
    this.value = value
  }
}
