import { parseJsonPath, valueAt } from '../ocpp/matchers/json-path.ts'
import { type Lookup, renderText, renderValue } from './expressions.ts'

/** What the templates of a script may name: saved values first, then those that are built in. */
export class ScriptValues<Place = undefined> {
  readonly #builtin: (name: string, at: Place | undefined) => unknown
  readonly #saved: Map<string, unknown>

  /** @param builtin undefined: no such name; `at` is what a template is filled in for */
  constructor(
    builtin: (name: string, at: Place | undefined) => unknown,
    saved: ReadonlyMap<string, unknown> = new Map(),
  ) {
    this.#builtin = builtin
    this.#saved = new Map(saved)
  }

  /** The same values and more, for a reaction to a CALL or an answer to it. */
  with(more: Readonly<Record<string, unknown>>): ScriptValues<Place> {
    return new ScriptValues(this.#builtin, new Map([...this.#saved, ...Object.entries(more)]))
  }

  /** Saves what the paths lead to; a path that leads nowhere is returned, and nothing saved. */
  save(paths: Readonly<Record<string, string>>, from: unknown): string | undefined {
    const found = Object.entries(paths).map(
      ([name, path]) => [name, path, valueAt(from, parseJsonPath(path) ?? [])] as const,
    )
    const lost = found.find(([, , value]) => value === undefined)
    if (lost) return lost[1]
    for (const [name, , value] of found) this.#saved.set(name, value)
    return undefined
  }

  /** Throws `MissingValue`. */
  text(template: string, at?: Place): string {
    return renderText(template, this.#lookup(at))
  }

  /** Throws `MissingValue`. */
  value(template: unknown, at?: Place): unknown {
    return renderValue(template, this.#lookup(at))
  }

  /** As `value`, of a payload. */
  payload(template: object, at?: Place): object {
    const value = this.value(template, at)
    return typeof value === 'object' && value !== null ? value : {}
  }

  #lookup(at: Place | undefined): Lookup {
    return (name) => {
      const [head = '', ...rest] = name.split('.')
      const value = this.#saved.has(head) ? this.#saved.get(head) : this.#builtin(head, at)
      return rest.length === 0 ? value : valueAt(value, rest)
    }
  }
}
