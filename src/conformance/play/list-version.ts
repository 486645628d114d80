import type { Incoming } from './probe.ts'

type Fields = Readonly<Record<string, unknown>>

/**
 * The version of the local list that a station took in its case. A CSMS may ask for it before each
 * change, and sends the whole list again where it hears another [1.6 5.10] [2.0.1 D02.FR.01].
 */
export class ListVersion {
  #answer: object | undefined

  /** A CALL of the CSMS that the case answered. */
  answered({ action, payload }: Incoming, response: object): void {
    if (action !== 'SendLocalList' || (response as Fields)['status'] !== 'Accepted') return
    const { listVersion, versionNumber } = payload as Fields
    this.#answer = listVersion === undefined ? { versionNumber } : { listVersion }
  }

  /** Of GetLocalListVersion; undefined where the case took no list. */
  answerTo({ action }: Incoming): object | undefined {
    return action === 'GetLocalListVersion' ? this.#answer : undefined
  }
}
