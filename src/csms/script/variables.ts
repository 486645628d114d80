import { renderText, renderValue } from '../../document/expressions.ts'
import { parseJsonPath, valueAt } from '../../ocpp/matchers/json-path.ts'

/** Names that templates of a script know without a `save`. */
export const builtinNames: Readonly<Record<string, string>> = {
  id: "the station's identity",
  version: 'the version of OCPP that it speaks, like ocpp1.6',
  now: 'the time of csms, RFC 3339; {now+10min} is later, {now-1h} earlier',
  transactionId: "of the station's last transaction",
  messageId: 'in `answers` and `reply`: of the CALL that is answered',
  request: 'in `answers` and `reply`: the payload of that CALL, as in {request.connectorId}',
}

/** What templates of one station's script may name: saved values first, then the station's own. */
export class Variables {
  readonly #builtin: (name: string) => unknown
  readonly #saved: Map<string, unknown>

  constructor(builtin: (name: string) => unknown, saved: ReadonlyMap<string, unknown> = new Map()) {
    this.#builtin = builtin
    this.#saved = new Map(saved)
  }

  /** The same values and more, for one answer. */
  with(more: Readonly<Record<string, unknown>>): Variables {
    return new Variables(this.#builtin, new Map([...this.#saved, ...Object.entries(more)]))
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
  text(template: string): string {
    return renderText(template, (name) => this.#lookup(name))
  }

  /** Throws `MissingValue`. */
  value(template: unknown): unknown {
    return renderValue(template, (name) => this.#lookup(name))
  }

  /** As `value`, of a payload. */
  payload(template: object): object {
    const value = this.value(template)
    return typeof value === 'object' && value !== null ? value : {}
  }

  #lookup(name: string): unknown {
    const [head = '', ...rest] = name.split('.')
    const value = this.#saved.has(head) ? this.#saved.get(head) : this.#builtin(head)
    return rest.length === 0 ? value : valueAt(value, rest)
  }
}
