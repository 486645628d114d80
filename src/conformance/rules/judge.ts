import { type Finding, findingOf } from '../../ocpp/rpc/findings.ts'
import type { ConnectionJudge, Side } from '../../ocpp/rpc/judge.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { Memory } from './memory/memory.ts'
import type { Moment, Party } from './rule.ts'
import { type ActionChecks, type RuleBook, ruleBooks } from './rule-book.ts'

/** Who hears what a peer did wrong. */
interface Listener {
  found(finding: Finding): void
}

const other = { station: 'csms', csms: 'station' } as const satisfies Record<Party, Party>

/**
 * One peer on one connection, judged by all rules of its version. Nothing is allocated while no rule is
 * broken: the moment is one object for all connections, filled in for each message.
 */
export class Judge implements ConnectionJudge {
  readonly #book: RuleBook
  readonly #listener: Listener
  readonly #clock: Clock
  readonly #memory = new Memory()
  #excused = false

  /**
   * @param judges the peer's part: a CSMS judges stations, a station its CSMS
   * @param clock simulated time, where stations live in it
   */
  constructor(version: OcppVersion, judges: Party, listener: Listener, clock: Clock) {
    this.#book = ruleBooks[version][judges]
    this.#listener = listener
    this.#clock = clock
  }

  excuse(): void {
    this.#excused = true
  }

  asked(by: Side, id: string, action: string, request: object, text: string): void {
    const checks = this.#begin(by, id, action)
    if (!checks) return
    if (by === 'peer') {
      for (const { rule, level, run } of checks.asked) {
        const detail = run(request, this.#memory, moment)
        if (detail !== undefined) this.#listener.found(findingOf(rule, level, detail, text))
      }
      this.#memory.used(id, action)
    }
    checks.noteAsked?.(request, this.#memory, moment)
  }

  answered(
    by: Side,
    id: string,
    action: string,
    request: object,
    response: object,
    text: string,
  ): void {
    const checks = this.#begin(by === 'self' ? 'peer' : 'self', id, action)
    if (!checks) return
    if (by === 'peer') {
      for (const { rule, level, run } of checks.answered) {
        const detail = run(request, response, this.#memory, moment)
        if (detail !== undefined) this.#listener.found(findingOf(rule, level, detail, text))
      }
    }
    checks.noteAnswered?.(request, response, this.#memory, moment)
  }

  #begin(asker: Side, id: string, action: string): ActionChecks | undefined {
    if (this.#excused) return undefined
    const { judges, checks } = this.#book
    moment.action = action
    moment.id = id
    moment.asker = asker === 'peer' ? judges : other[judges]
    moment.clock = this.#clock
    return checks.get(action)
  }
}

const noClock: Clock = { monotonicMicros: () => 0, wallMs: () => 0, after: () => () => undefined }

const moment: { -readonly [Key in keyof Moment]: Moment[Key] } = {
  action: '',
  asker: 'station',
  id: '',
  clock: noClock,
}
