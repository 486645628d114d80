import type { Csms } from '../../csms/start-csms.ts'
import { actionInfo } from '../../ocpp/action.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Hook, HookAnswer, Order } from './hook.ts'

/** The management system of the same process. */
export class EmbeddedHook implements Hook {
  readonly name = 'the embedded csms'
  readonly #csms: Csms

  constructor(csms: Csms) {
    this.#csms = csms
  }

  can(version: OcppVersion, action: string): boolean {
    const from = actionInfo(version, action)?.from
    return from === 'csms' || from === 'both'
  }

  /** What the station answers is for the case to say, and may never come: nobody waits for it. */
  order({ stationId, action, payload }: Order): Promise<HookAnswer> {
    const sent = this.#csms.sendCommand(stationId, action, payload).then((outcome): HookAnswer => {
      switch (outcome.status) {
        case 'refused':
          return { kind: 'failed', reason: outcome.message }
        case 'offline':
        case 'unknownStation':
          return { kind: 'failed', reason: `${stationId} is not connected` }
        default:
          return { kind: 'accepted' }
      }
    })
    const taken = new Promise<HookAnswer>((resolve) => {
      // What is refused is refused before anything else happens.
      queueMicrotask(() => queueMicrotask(() => resolve({ kind: 'accepted' })))
    })
    return Promise.race([sent, taken])
  }
}
