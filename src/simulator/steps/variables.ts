import { type Lookup, renderText, renderValue } from '../../document/expressions.ts'
import { parseJsonPath, valueAt } from '../../ocpp/matchers/json-path.ts'
import { isoTime } from '../../shared/clock.ts'
import type { ConnectorRef, StationActor } from './actor.ts'

/** Names that templates of a script know without a `save`. */
export const builtinNames: Readonly<Record<string, string>> = {
  id: "the station's identity",
  fleet: "the fleet's name",
  station: "the station's number in the run, from 1",
  token: "the station's own idToken",
  now: "the station's time, RFC 3339; {now+10min} is later, {now-1h} earlier",
  files: 'where the embedded CSMS offers files over HTTP; see csms.files',
  ftp: 'the same over FTP',
  firmwareVersion: 'what the station runs now',
  transactionId: "of the connector's last transaction",
  reservationId: '1.6: of the reservation that this transaction ended',
  request: 'in `on`: the payload of the CALL, as in {request.connectorId}',
}

const firstConnector: ConnectorRef = { evse: 1, connector: 1 }

/** What templates of one station's script may name: saved values first, then the station's own. */
export class Variables {
  readonly #actor: StationActor
  readonly #saved: Map<string, unknown>

  constructor(actor: StationActor, saved: ReadonlyMap<string, unknown> = new Map()) {
    this.#actor = actor
    this.#saved = new Map(saved)
  }

  /** The same values with one more, for a reaction to a CALL. */
  with(name: string, value: unknown): Variables {
    return new Variables(this.#actor, new Map(this.#saved).set(name, value))
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
  text(template: string, at?: ConnectorRef): string {
    return renderText(template, this.#lookup(at))
  }

  /** Throws `MissingValue`. */
  value(template: unknown, at?: ConnectorRef): unknown {
    return renderValue(template, this.#lookup(at))
  }

  /** As `value`, of a payload. */
  payload(template: object, at?: ConnectorRef): object {
    const value = this.value(template, at)
    return typeof value === 'object' && value !== null ? value : {}
  }

  #lookup(at: ConnectorRef = firstConnector): Lookup {
    return (name) => {
      const [head = '', ...rest] = name.split('.')
      const value = this.#saved.has(head) ? this.#saved.get(head) : this.#builtin(head, at)
      return rest.length === 0 ? value : valueAt(value, rest)
    }
  }

  #builtin(name: string, at: ConnectorRef): unknown {
    const actor = this.#actor
    switch (name) {
      case 'id':
        return actor.id
      case 'fleet':
        return actor.fleet
      case 'station':
        return actor.index + 1
      case 'token':
        return actor.ownToken.idToken
      case 'now':
        return isoTime(actor.clocks.simulated.wallMs())
      default:
        return actor.variable(name, at)
    }
  }
}
