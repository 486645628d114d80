import { type Finding, findingOf } from '../../ocpp/rpc/findings.ts'
import type { ConnectionJudge, Side } from '../../ocpp/rpc/judge.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import { Memory } from './memory/memory.ts'
import type { Moment, Objection, Party } from './rule.ts'
import {
  type AnsweredLook,
  type AskedLook,
  type Check,
  type RuleBook,
  ruleBooks,
} from './rule-book.ts'

/** Who hears what a peer did wrong. */
interface Listener {
  found(finding: Finding): void
}

const other = { station: 'csms', csms: 'station' } as const satisfies Record<Party, Party>

/**
 * One peer on one connection, judged by all rules of its version. Nothing is allocated while no rule is
 * broken: the moment is one object for all connections, filled in for each message that is looked at.
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
    if (this.#excused) return
    const { checks, withUsedId, whileOwed, whileTurnedAway } = this.#book
    const peer = by === 'peer'
    const usedFor = peer ? this.#memory.ids.used(id, action) : undefined
    const found = checks.get(action)
    const { turnedAway, owes } = this.#memory
    if (!found && usedFor === undefined && !turnedAway && !owes) return
    this.#begin(by, id, action, usedFor)
    if (peer) {
      if (usedFor !== undefined) this.#ask(withUsedId.asked, request, text)
      if (turnedAway) this.#ask(whileTurnedAway.asked, request, text)
      if (owes) {
        this.#memory.kept(action)
        this.#ask(whileOwed.asked, request, text)
      }
      if (found) this.#ask(found.asked, request, text)
    }
    found?.noteAsked?.(request, this.#memory, moment)
  }

  answered(
    by: Side,
    id: string,
    action: string,
    request: object,
    response: object,
    text: string,
  ): void {
    if (this.#excused) return
    const { checks, whileTurnedAway } = this.#book
    const found = checks.get(action)
    if (!found && !this.#memory.turnedAway) return
    this.#begin(by === 'self' ? 'peer' : 'self', id, action, undefined)
    if (by === 'peer') {
      if (this.#memory.turnedAway) {
        this.#answer(whileTurnedAway.answered, request, response, text)
      }
      if (found) this.#answer(found.answered, request, response, text)
    }
    found?.noteAnswered?.(request, response, this.#memory, moment)
  }

  closed(code: number): void {
    if (this.#excused) return
    for (const { rule, level, run } of this.#book.closed) {
      const detail = run(code, this.#memory)
      if (detail !== undefined) this.#listener.found(findingOf(rule, level, detail, ''))
    }
  }

  #begin(asker: Side, id: string, action: string, usedFor: string | undefined): void {
    const { judges } = this.#book
    moment.action = action
    moment.id = id
    moment.usedFor = usedFor
    moment.asker = asker === 'peer' ? judges : other[judges]
    moment.clock = this.#clock
  }

  #ask(looks: readonly Check<AskedLook<Objection>>[], request: object, text: string): void {
    for (const { rule, level, run } of looks) {
      const detail = run(request, this.#memory, moment)
      if (detail !== undefined) this.#listener.found(findingOf(rule, level, detail, text))
    }
  }

  #answer(
    looks: readonly Check<AnsweredLook<Objection>>[],
    request: object,
    response: object,
    text: string,
  ): void {
    for (const { rule, level, run } of looks) {
      const detail = run(request, response, this.#memory, moment)
      if (detail !== undefined) this.#listener.found(findingOf(rule, level, detail, text))
    }
  }
}

const noClock: Clock = { monotonicMicros: () => 0, wallMs: () => 0, after: () => () => undefined }

const moment: { -readonly [Key in keyof Moment]: Moment[Key] } = {
  action: '',
  asker: 'station',
  id: '',
  usedFor: undefined,
  clock: noClock,
}
