import type { ChargingProfile2x } from '../../../../ocpp/smart-charging/profile2x.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'

interface Expected {
  readonly evse: Evse
  readonly remoteStartId: number
  readonly wire: ChargingProfile2x
  /** The remote start got under way: it is only announced before. */
  underWay: boolean
}

/** TxProfiles of RequestStartTransactions, until their transactions begin [2.0.1 K05]. */
export class ExpectedProfiles {
  readonly #station: Station2x
  #waiting: readonly Expected[] = []

  constructor(station: Station2x) {
    this.#station = station
  }

  expect(evse: Evse, remoteStartId: number, wire: ChargingProfile2x | undefined): void {
    this.#waiting = this.#waiting.filter((one) => one.evse !== evse)
    if (wire) this.#waiting = [...this.#waiting, { evse, remoteStartId, wire, underWay: false }]
  }

  at(evse: Evse): ChargingProfile2x | undefined {
    return this.#waiting.find((one) => one.evse === evse)?.wire
  }

  /** Those whose transaction is open now, once; what waits in vain is forgotten. */
  begun(): readonly (Expected & { readonly transactionId: string })[] {
    if (this.#waiting.length === 0) return []
    const begun = this.#waiting.flatMap((one) => {
      const transactionId = this.#transactionOf(one)
      return transactionId === undefined ? [] : [{ ...one, transactionId }]
    })
    this.#waiting = this.#waiting.filter(
      (one) => this.#mayStillBegin(one) && !begun.some(({ evse }) => evse === one.evse),
    )
    return begun
  }

  #transactionOf({ evse, remoteStartId }: Expected): string | undefined {
    const { sessions } = this.#station
    const mine = evse.authorization?.remoteStartId === remoteStartId
    return mine && sessions.isOpen(evse) ? sessions.of(evse).transactionId : undefined
  }

  #mayStillBegin(expected: Expected): boolean {
    const { evse, remoteStartId } = expected
    const goesOn = evse.claimed || evse.authorization?.remoteStartId === remoteStartId
    expected.underWay ||= goesOn
    return goesOn || !expected.underWay
  }
}
