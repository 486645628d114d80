import type { AuthorizeResponse, IdTokenInfoType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { IdToken, StepResult } from '../../../steps/actor.ts'
import type { StationServices } from '../../behaviour.ts'
import { done, doneWith, failed, resultOf } from '../../step-result.ts'
import type { DeviceModel } from '../provisioning/device-model/device-model.ts'
import { wireToken } from '../transactions/transaction-event.ts'

/** Decides with the CSMS, or without it, whether a token may charge [2.0.1 C01, C02, C10-C15]. */
export class Authorizer {
  readonly #station: StationServices
  readonly #model: DeviceModel

  constructor(station: StationServices, model: DeviceModel) {
    this.#station = station
    this.#model = model
  }

  async ask(token: IdToken): Promise<StepResult> {
    const needless = !this.#model.flag('AuthCtrlr.Enabled') || token.type === 'NoAuthorization'
    if (needless) return done
    if (this.#model.flag('AuthCtrlr.LocalPreAuthorize') && this.#cachedAccepted(token)) return done
    if (!this.#station.online) return this.#offline(token)
    const payload = { idToken: wireToken(token) }
    const outcome = await this.#station.request('Authorize', payload)
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return this.#offline(token)
    if (outcome.kind !== 'result') return resultOf('Authorize', outcome)
    const { idTokenInfo } = outcome.payload as AuthorizeResponse
    this.learn(token, idTokenInfo)
    if (idTokenInfo.status === 'Accepted') return doneWith(outcome.payload)
    return failed(`the CSMS says that ${token.idToken} is ${idTokenInfo.status}`, outcome.payload)
  }

  /** Keeps what the CSMS said of a token [2.0.1 C10]. */
  learn(token: IdToken, info: IdTokenInfoType): void {
    if (!this.#model.flag('AuthCacheCtrlr.Enabled')) return
    const { status, cacheExpiryDateTime } = info
    const expiresMs =
      cacheExpiryDateTime === undefined ? undefined : Date.parse(cacheExpiryDateTime)
    this.#station.memory.cache(token.idToken, { status, expiresMs }, this.#station.wireMs())
  }

  #offline(token: IdToken): StepResult {
    if (this.#model.flag('AuthCtrlr.LocalAuthorizeOffline') && this.#cachedAccepted(token)) {
      return done
    }
    const known = this.#station.memory.cached(token.idToken) !== undefined
    if (!known && this.#model.flag('AuthCtrlr.OfflineTxForUnknownIdEnabled')) return done
    return failed(`the station is offline and does not know ${token.idToken}`)
  }

  #cachedAccepted(token: IdToken): boolean {
    if (!this.#model.flag('AuthCacheCtrlr.Enabled')) return false
    const cached = this.#station.memory.cached(token.idToken)
    if (cached?.status !== 'Accepted') return false
    return cached.expiresMs === undefined || cached.expiresMs > this.#station.wireMs()
  }
}
