import { mismatch } from '../../ocpp/matchers/matcher.ts'
import type { AnswerPlan } from './plan.ts'

/** What one station is to be answered, and how much of it is used up. */
export class AnswerBook {
  readonly #plans: Readonly<Record<string, readonly AnswerPlan[]>>
  readonly #used = new Map<AnswerPlan, number>()
  readonly #once = new Map<string, AnswerPlan[]>()
  /** Answers given, by action. */
  readonly given: Record<string, number> = {}

  constructor(plans: Readonly<Record<string, readonly AnswerPlan[]>>) {
    this.#plans = plans
  }

  /** Before all others, for the next CALL of the action. */
  once(action: string, answer: AnswerPlan): void {
    const waiting = this.#once.get(action) ?? []
    this.#once.set(action, [...waiting, answer])
  }

  /** The first that is not used up and for a CALL like this; undefined: the station hears csms's own. */
  take(
    action: string,
    payload: object,
    render: (matches: unknown) => unknown,
  ): AnswerPlan | undefined {
    const plan = this.#once.get(action)?.shift() ?? this.#inTurn(action, payload, render)
    if (plan) this.given[action] = (this.given[action] ?? 0) + 1
    return plan
  }

  #inTurn(
    action: string,
    payload: object,
    render: (matches: unknown) => unknown,
  ): AnswerPlan | undefined {
    // Not by the bare key: a peer may call its action __proto__.
    const plans = Object.hasOwn(this.#plans, action) ? this.#plans[action] : undefined
    const plan = plans?.find((one) => {
      if ((this.#used.get(one) ?? 0) >= (one.times ?? Infinity)) return false
      return one.when === undefined || !mismatch(render(one.when.matches), payload)
    })
    if (plan) this.#used.set(plan, (this.#used.get(plan) ?? 0) + 1)
    return plan
  }
}
