import { type Finding, findingOf } from '../../ocpp/rpc/findings.ts'
import type { ConnectionJudge, Side } from '../../ocpp/rpc/judge.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { Memory } from './memory/memory.ts'
import type { Moment, Party } from './rule.ts'
import { type RuleBook, ruleBooks } from './rule-book.ts'

/** Who hears what a peer did wrong. */
export interface Listener {
  found(finding: Finding): void
}

/** Filled in for each message, in one place: nothing is allocated while no rule is broken. */
const moment: { -readonly [Key in keyof Moment]: Moment[Key] } = {
  action: '',
  asker: 'station',
  judged: 'station',
  id: '',
  nowMs: () => 0,
}

/** One peer on one connection, judged by all rules of its version. Pure, bounded, a few hundred bytes. */
export class Judge implements ConnectionJudge {
  readonly #book: RuleBook
  readonly #listener: Listener
  readonly #nowMs: () => number
  readonly #memory = new Memory()
  #excused = false

  /** @param judges the peer's part: a CSMS judges stations, a station its CSMS */
  constructor(version: OcppVersion, judges: Party, listener: Listener, nowMs: () => number) {
    this.#book = ruleBooks[version][judges]
    this.#listener = listener
    this.#nowMs = nowMs
  }

  excuse(): void {
    this.#excused = true
  }

  asked(by: Side, id: string, action: string, request: object, text: string): void {
    if (this.#excused) return
    const checks = this.#book.checks.get(action)
    if (!checks) return
    this.#set(by, id, action)
    for (const { rule, level, run } of checks.asked) {
      const detail = run(request, this.#memory, moment)
      if (detail !== undefined) this.#listener.found(findingOf(rule, level, detail, text))
    }
    for (const note of checks.noteAsked) note(request, this.#memory, moment)
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
    const checks = this.#book.checks.get(action)
    if (!checks) return
    this.#set(by === 'self' ? 'peer' : 'self', id, action)
    for (const { rule, level, run } of checks.answered) {
      const detail = run(request, response, this.#memory, moment)
      if (detail !== undefined) this.#listener.found(findingOf(rule, level, detail, text))
    }
    for (const note of checks.noteAnswered) note(request, response, this.#memory, moment)
  }

  #set(asker: Side, id: string, action: string): void {
    const { judges } = this.#book
    moment.action = action
    moment.id = id
    moment.judged = judges
    moment.asker = asker === 'peer' ? judges : other[judges]
    moment.nowMs = this.#nowMs
  }
}

const other = { station: 'csms', csms: 'station' } as const satisfies Record<Party, Party>
