import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { StepResult } from '../../steps/actor.ts'
import type { StationServices } from '../behaviour.ts'
import { done, doneWith, failed, resultOf } from '../step-result.ts'
import type { Configuration } from './configuration.ts'

type IdTagInfo = ResponseOf<Actions16, 'Authorize'>['idTagInfo']

/** Who may charge, online by Authorize and offline by the authorization cache [1.6 3.5, 4.1]. */
export class Authorizations {
  readonly #station: StationServices
  readonly #configuration: Configuration

  constructor(station: StationServices, configuration: Configuration) {
    this.#station = station
    this.#configuration = configuration
  }

  async authorize(idTag: string): Promise<StepResult> {
    if (!this.#station.online) return this.#offline(idTag)
    const locally = this.#configuration.flag('LocalPreAuthorize')
    if (locally && this.#cachedStatus(idTag) === 'Accepted') return done
    const request: RequestOf<Actions16, 'Authorize'> = { idTag }
    const outcome = await this.#station.request('Authorize', request)
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return this.#offline(idTag)
    if (outcome.kind !== 'result') return resultOf('Authorize', outcome)
    const answer = outcome.payload as ResponseOf<Actions16, 'Authorize'>
    this.learn(idTag, answer.idTagInfo)
    const { status } = answer.idTagInfo
    if (status === 'Accepted') return doneWith(answer)
    return failed(`Authorize of idTag ${idTag} was answered ${status}`, answer)
  }

  /** Every idTagInfo of the CSMS goes into the cache [1.6 3.5.3]. */
  learn(idTag: string, info: Partial<IdTagInfo> | undefined): void {
    if (!info?.status || !this.#configuration.flag('AuthorizationCacheEnabled')) return
    const expiry = info.expiryDate === undefined ? Number.NaN : Date.parse(info.expiryDate)
    const expiresMs = Number.isNaN(expiry) ? undefined : expiry
    const { memory } = this.#station
    const known = memory.cached(idTag)
    if (known?.status === info.status && known.expiresMs === expiresMs) return
    memory.cache(idTag, { status: info.status, expiresMs })
  }

  #cachedStatus(idTag: string): string | undefined {
    if (!this.#configuration.flag('AuthorizationCacheEnabled')) return undefined
    const cached = this.#station.memory.cached(idTag)
    if (!cached) return undefined
    const expired = cached.expiresMs !== undefined && cached.expiresMs <= this.#station.wireMs()
    return expired ? 'Expired' : cached.status
  }

  #offline(idTag: string): StepResult {
    const status = this.#cachedStatus(idTag)
    if (status === 'Accepted' && this.#configuration.flag('LocalAuthorizeOffline')) return done
    if (status !== undefined && status !== 'Accepted') {
      return failed(`offline, and the authorization cache says ${status} of idTag ${idTag}`)
    }
    if (this.#configuration.flag('AllowOfflineTxForUnknownId')) return done
    return failed(`offline, and idTag ${idTag} may not charge offline`)
  }
}
