import type { Finding } from '../../ocpp/rpc/findings.ts'
import type { Side } from '../../ocpp/rpc/judge.ts'
import type { PayloadKind, PayloadValidators } from '../../ocpp/schemas.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { Judge } from '../rules/judge.ts'

interface Options {
  readonly version: OcppVersion
  readonly validators: PayloadValidators
  readonly clock: Clock
}

/**
 * The rules over what passes one connection of a probe, fed with what it says and hears. What is not valid
 * is left to the rules of single frames, or is what the case wants to see the answer to.
 */
export class ConnectionRules {
  readonly #options: Options
  readonly #judge: Judge
  /** Of the trace: where the message stands that is judged. */
  #frame = 0

  constructor(options: Options, found: (finding: Finding, frame: number) => void) {
    const { version, clock } = options
    this.#options = options
    this.#judge = new Judge(
      version,
      'csms',
      { found: (finding) => found(finding, this.#frame) },
      clock,
    )
  }

  asked(by: Side, id: string, action: string, request: object, frame: number): void {
    this.#frame = frame
    if (this.#isValid(action, 'request', request)) {
      this.#judge.asked(by, id, action, request, '')
    } else if (by === 'self') {
      this.#judge.excuse()
    }
  }

  answered(
    by: Side,
    id: string,
    exchange: { readonly action: string; readonly request: object; readonly response: object },
    frame: number,
  ): void {
    const { action, request, response } = exchange
    this.#frame = frame
    const valid =
      this.#isValid(action, 'request', request) && this.#isValid(action, 'response', response)
    if (valid) this.#judge.answered(by, id, action, request, response, '')
    else if (by === 'self') this.#judge.excuse()
  }

  /** The CSMS closed the connection. */
  closed(code: number, frame: number): void {
    this.#frame = frame
    this.#judge.closed(code)
  }

  /** The case said something past the rules: what follows is judged by its own demands only. */
  excuse(): void {
    this.#judge.excuse()
  }

  #isValid(action: string, kind: PayloadKind, payload: object): boolean {
    const { version, validators } = this.#options
    const check = validators.check(version, action, kind)
    return check !== undefined && check(payload) === undefined
  }
}
